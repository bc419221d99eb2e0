"""``plan-lifecycle audit verify``: is the trail of who decided what still as it was written?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.domain.errors import InputError

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def audit() -> None:
    """The audit trail of every act, by persons and by rules."""


@app.command("verify")
def verify_command(
    head: Annotated[
        str, typer.Option(help="A head noted earlier, which must still be in the trail.", show_default=False)
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the trail; exit code 1 where a row was changed, removed or slipped in, naming the first such row."""
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.audit import holds_seal, verify
    from plan_lifecycle.store.engine import open_store

    head = head.strip().lower()
    if head and not (len(head) == 64 and set(head) <= set("0123456789abcdef")):
        raise InputError("a head of 64 hexadecimal digits", field="--head", found=head)
    settings = Settings()
    store = open_store(settings.database, settings.blobs)
    try:
        with store.read() as connection:
            found = verify(connection)
            kept = holds_seal(connection, head) if head else None
    finally:
        store.close()
    intact = found.broken is None and kept is not False
    answer = {
        "intact": intact,
        "rows": found.rows,
        "head": found.head,
        "broken_row": found.broken.number if found.broken else None,
        "problem": found.broken.problem if found.broken else None,
        "head_found": kept,
    }
    say(answer, as_json=as_json, human=_told)
    if not intact:
        raise typer.Exit(1)


def _told(found: dict[str, Any]) -> str:
    if found["broken_row"] is not None:
        return f"Nhật ký không còn nguyên vẹn từ dòng {found['broken_row']}: {found['problem']}"
    if found["head_found"] is False:
        return f"Nhật ký đã mất các dòng cuối: không còn mã đã ghi lại (hiện có {found['rows']} dòng)"
    return f"Nhật ký nguyên vẹn: {found['rows']} dòng, mã cuối {found['head']}"
