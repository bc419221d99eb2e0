"""``plan-lifecycle db upgrade``: bring the store to the newest version as its owner."""

from __future__ import annotations

from typing import Any

import typer

from plan_lifecycle.cli._output import AsJson, say

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def db() -> None:
    """The store's database."""


@app.command()
def upgrade(as_json: AsJson = False) -> None:
    """Bring the store to the newest version, and give the role that works its rights: it may only add to the trail.

    Works as the owner of PLAN_LIFECYCLE_MIGRATION_URL, and gives rights to the role of PLAN_LIFECYCLE_STORE_URL. Where
    there is one role, or SQLite, any command does this when it opens the store.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.roles import upgrade as verb

    settings = Settings()
    say(verb(settings.migration_url or settings.database, settings.database), as_json=as_json, human=_told)


def _told(done: dict[str, Any]) -> str:
    told = f"Cơ sở dữ liệu ở phiên bản {done['after']}"
    told += f" (trước đó: {done['before']})" if done["before"] not in (None, done["after"]) else ""
    return told + (f"; đã cấp quyền cho vai trò {done['role']}." if done["role"] else ".")
