"""``plan-lifecycle db``: bring the store to the newest version as its owner; copy it into another database."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def db() -> None:
    """The store's database."""


@app.command()
def upgrade(as_json: AsJson = False) -> None:
    """Bring the store to the newest version, and give the role that works its rights: it may only add to the trail.

    Works as the owner of PLAN_LIFECYCLE_MIGRATION_URL, and gives rights to the role of PLAN_LIFECYCLE_STORE_URL, and
    far fewer to PLAN_LIFECYCLE_PORTAL_ROLE. With one role, or SQLite, any command does this when it opens the store.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.roles import upgrade as verb

    settings = Settings()
    say(verb(settings.owners_database, settings.database, settings.portal_role), as_json=as_json, human=_told)


@app.command("copy")
def copy_command(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="The URL of an empty database, as its owner; better by its variable.",
            envvar="PLAN_LIFECYCLE_COPY_URL",
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Copy all rows into another, empty database and compare them there row by row: from SQLite to PostgreSQL.

    The kept files stay in their folder. Stop all parts before: what is written meanwhile is not copied. Afterwards name
    the new database in PLAN_LIFECYCLE_STORE_URL and, with two roles, run `plan-lifecycle db upgrade`.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.backup import copy_rows
    from plan_lifecycle.store_wiring import seal_keys, store_of

    settings = Settings()
    store = store_of(settings)
    try:
        done = copy_rows(store, to, seal=seal_keys(settings))
    finally:
        store.close()
    say(done, as_json=as_json, human=_copied)


def _copied(done: dict[str, Any]) -> str:
    told = f"Đã chép {done['rows']} dòng của {done['tables']} bảng, đối chiếu khớp từng dòng"
    return told + (f"; mã đối chiếu nhật ký {done['head']}." if done["head"] else ".")


def _told(done: dict[str, Any]) -> str:
    told = f"Cơ sở dữ liệu ở phiên bản {done['after']}"
    told += f" (trước đó: {done['before']})" if done["before"] not in (None, done["after"]) else ""
    roles = " và ".join(role for role in (done["role"], done["portal"]) if role)
    return told + (f"; đã cấp quyền cho vai trò {roles}." if roles else ".")
