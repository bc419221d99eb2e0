"""``plan-lifecycle backup``, ``restore``: the store as a folder, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, plain, say
from plan_lifecycle.domain.clock import LOCAL

if TYPE_CHECKING:
    from plan_lifecycle.store.database import Connection

backup = typer.Typer(add_completion=False)
restore = typer.Typer(add_completion=False)


@backup.command()
def backup_command(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", show_default=False)], as_json: AsJson = False
) -> None:
    """Copy database and kept files into a folder while work goes on; exit code 1 where a kept file is damaged or gone.

    The rows are those of one moment. A back-up that did not end has no manifest.json and is not restored from. The
    secrets are not in it: keep .env apart.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.backup import back_up
    from plan_lifecycle.store_wiring import store_of

    store = store_of(Settings())
    try:
        done = back_up(store, folder, _now())
    finally:
        store.close()
    say(done, as_json=as_json, human=_backed_up)
    if not done.whole:
        raise typer.Exit(1)


@restore.command()
def restore_command(
    folder: Annotated[Path, typer.Argument(help="A back-up.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who restores.")],
    replace: Annotated[bool, typer.Option("--replace", help="Drop what the store holds now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a back-up into the empty store of the settings, compared row by row and by the trail's seal.

    Either kind of database takes it, whichever it came from. An older back-up is brought to this release's version.
    Works as the owner of PLAN_LIFECYCLE_MIGRATION_URL where there are two roles. Stop all parts before.

    All mail is paused afterwards, until a coordinator has looked at it: what went after the back-up would go again.
    """
    from plan_lifecycle.domain.decider import Decider
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.backup import read_manifest
    from plan_lifecycle.store.backup import restore as verb
    from plan_lifecycle.store.blobs import Blobs
    from plan_lifecycle.store_wiring import seal_keys

    settings, paused = Settings(), list[int]()
    owner, blobs = settings.owners_database, Blobs(settings.blobs, durable=settings.durable)
    by, seal, made_at = Decider(by).by, seal_keys(settings), read_manifest(folder).made_at
    finish = partial(_pause_mail, paused, by, made_at)
    done = verb(
        folder, owner, settings.database, blobs, portal=settings.portal_role, replace=replace, seal=seal, finish=finish
    )
    say({**plain(done), "suspension": paused[0]}, as_json=as_json, human=_restored)


def _pause_mail(paused: list[int], by: str, made_at: datetime, connection: Connection) -> None:
    """Hold all letters from the day of the back-up on, in the transaction that restores: no moment lies between."""
    from plan_lifecycle.domain.decider import Decider
    from plan_lifecycle.domain.writing import moment_words
    from plan_lifecycle.lifecycle.remind import pause_all_mail

    now = _now()
    why = f"Khôi phục từ bản sao lưu lúc {moment_words(made_at)}; cần xem lại các thư trước khi cho gửi."
    since = min(made_at, now).date()
    paused.append(pause_all_mail(connection, since, Decider(by, why), now))


def _now() -> datetime:
    return datetime.now(UTC).astimezone(LOCAL)


def _backed_up(done: dict[str, Any]) -> str:
    told = f"Đã sao lưu {done['rows']} dòng dữ liệu, {done['files']} tệp vào {done['folder']}"
    told += f"; mã đối chiếu nhật ký {done['head']}." if done["head"] else "."
    faults = [*done["damaged"], *done["missing"]]
    return told + "".join(f"\nTệp hỏng hoặc không còn: {fault}" for fault in faults)


def _restored(done: dict[str, Any]) -> str:
    told = f"Đã khôi phục {done['rows']} dòng dữ liệu, {done['files']} tệp, đối chiếu khớp"
    told += f"; mã đối chiếu nhật ký {done['head']}." if done["head"] else "."
    return f"{told}\nĐã tạm dừng mọi thư (số {done['suspension']}): xem trang Thư rồi cho gửi trở lại."
