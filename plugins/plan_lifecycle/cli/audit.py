"""``plan-lifecycle audit verify``: is the trail of who decided what still as it was written?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def audit() -> None:
    """The audit trail of every act, by persons and by rules."""


@app.command("verify")
def verify_command(
    head: Annotated[
        str,
        typer.Option(
            help="A head noted earlier, as a digest to coordinators shows it: it must still be in the trail.",
            show_default=False,
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the trail with the keys of the settings; exit code 1 where it is not shown to be as it was written.

    That is where a row was changed, removed, slipped in or written again without the key (the first such row is named),
    where the head is gone, and where a key is set that no row bears yet.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store import audit as trail
    from plan_lifecycle.store_wiring import seal_keys, store_of

    settings = Settings()
    noted, keys = trail.read_head(head) if head else None, seal_keys(settings)
    store = store_of(settings)
    try:
        with store.read() as connection:
            found = trail.verify(connection)
            kept = trail.holds_head(connection, noted) if noted else None
    finally:
        store.close()
    intact = found.broken is None and kept is not False and (keys is None or found.covered)
    answer = {
        "intact": intact,
        "rows": found.rows,
        "head": found.head,
        "short_head": found.short_head,
        "with_key": keys is not None,
        "rows_without_key": found.without_key,
        "broken_row": found.broken.number if found.broken else None,
        "problem": found.broken.problem if found.broken else None,
        "head_found": kept,
    }
    say(answer, as_json=as_json, human=_told)
    if not intact:
        raise typer.Exit(1)


def _in_words(problem: str) -> str:
    from plan_lifecycle.store.audit import Problem

    return {
        Problem.MISSING_BEFORE: "thiếu các dòng trước đó",
        Problem.NOT_OVER_THE_LAST: "không nối tiếp dòng trước đó",
        Problem.CHANGED: "nội dung khác với khi niêm phong",
        Problem.WITHOUT_KEY: "niêm phong không có khóa, dù dòng trước đó đã có",
        Problem.UNKNOWN_KEY: "niêm phong bằng khóa không có trong thiết lập",
    }[Problem(problem)]


def _told(found: dict[str, Any]) -> str:
    if found["broken_row"] is not None:
        return f"Nhật ký không còn nguyên vẹn từ dòng {found['broken_row']}: {_in_words(found['problem'])}."
    if found["head_found"] is False:
        return (
            "Nhật ký đã mất các dòng cuối hoặc bị ghi lại: không còn mã đối chiếu đã nêu "
            f"(hiện có {found['rows']} dòng)."
        )
    if not found["intact"]:
        return (
            f"Chưa xác nhận được: {found['rows']} dòng đều niêm phong không có khóa. Nếu khóa vừa được đặt, quyết định "
            "kế tiếp sẽ niêm phong cả các dòng này; nếu khóa đã được đặt từ trước, nhật ký đã bị ghi lại."
        )
    told = f"Nhật ký nguyên vẹn: {found['rows']} dòng, mã đối chiếu {found['short_head']}."
    if not found["with_key"]:
        told += " Chưa đặt khóa niêm phong: ai ghi được vào cơ sở dữ liệu đều có thể ghi lại toàn bộ nhật ký."
    elif found["rows_without_key"]:
        told += f" Các dòng 1 đến {found['rows_without_key']} có từ trước khi đặt khóa."
    return told
