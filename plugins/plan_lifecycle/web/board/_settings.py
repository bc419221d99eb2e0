"""The page *Thiết lập*: the rules as they count, where each comes from, and changes of them above the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.config.adjustable import Kind, written
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.lifecycle.house_rules import (
    ROLE_WORDS,
    ShownSetting,
    ShownSources,
    change_setting,
    changed_indicators,
    faults_of,
    shown_setting,
    shown_settings,
    shown_sources,
    take_file,
    try_setting,
    undo_setting,
    value_words,
)
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.web.board._acting import Act, Acting, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, all_of, nothing_given, receive
from plan_lifecycle.web.board._setting_fields import BEFORE_IT, PAST_IT, SPARE, VALUE, beside_fields, typed_value
from plan_lifecycle.web.board._upload import TOO_LARGE
from plan_lifecycle.web.receiving import TooLarge
from plan_lifecycle.web.saving import saved

NAME, TEXT = "ten", "noi_dung"
"""The fields of a form that say which setting it is about, and the text of a file that is not kept yet."""
NO_FILE = "Đề nghị chọn tệp .yaml."
NO_TEXT = "Tệp này không đọc được; cần một tệp văn bản UTF-8."


def settings_page(frame: Frame) -> APIRouter:
    """The routes of the page: all settings, one file, a file to be tried, an act for each form."""
    routes, page = APIRouter(prefix="/thiet-lap"), _Page(frame)
    looks, decides = Depends(frame.guards.look), Depends(frame.guards.decide)

    @routes.get("/")
    def every(request: Request, who: Person = looks, da: str = "") -> Response:
        return page.show(request, who, done=da)

    @routes.get("/tep")
    def file(ten: str = "", who: Person = looks) -> Response:  # noqa: ARG001
        shown = page.of_file(ten)
        return saved(str(shown.value).encode(), Path(shown.setting.file).name)

    @routes.get("/xem")
    def look(request: Request, ten: str = "", who: Person = looks) -> Response:
        shown = page.of_file(ten)
        return page.file(request, who, shown, str(shown.value))

    @routes.post("/thu")
    async def try_file(request: Request, who: Person = decides) -> Response:
        try:
            given = await receive(frame, request, who)
        except TooLarge:
            nothing = nothing_given(frame, request, who)
            return await run_in_threadpool(acting.refused, request, "thu", nothing, [TOO_LARGE], None, 413)
        return await run_in_threadpool(page.tried, request, given)

    acting = Acting(ACTS, page.again, _back)
    serve_acts(routes, frame, acting)
    return routes


class _Page(Page):
    """The page of one office."""

    def show(self, request: Request, who: Person, *, done: str = "", problems: Sequence[str] = ()) -> HTMLResponse:
        """All settings; ``done`` is the one that was changed, ``problems`` are what was not done, and why."""
        office, now = self._frame.office, self._frame.clock()
        if office.book is None:  # rules that were handed in as they are
            raise HTTPException(404)
        sources, unread = self._sources(office)
        return self._frame.show(
            request,
            "settings.html",
            who,
            now,
            groups=shown_settings(office, now),
            words=value_words,
            kinds=Kind,
            roles=ROLE_WORDS,
            sides={BEFORE_IT: "trước ngày cuối cùng", PAST_IT: "sau ngày cuối cùng"},
            spare=SPARE,
            value_field=VALUE,
            faults=faults_of(office),
            sources=sources,
            done=done,
            problems=[*problems, *unread],
        )

    def _sources(self, office: Office) -> tuple[ShownSources | None, list[str]]:
        """What is asked for news and papers; nothing, and why, where its file cannot be read."""
        try:
            return shown_sources(office, self._frame.sources), []
        except InputError as error:
            return None, list(_faults(error))

    def of_file(self, name: str) -> ShownSetting:
        """A setting that is a whole file. Raises HTTPException 404."""
        try:
            shown = shown_setting(self._frame.office, name, self._frame.clock())
        except InputError as error:
            raise HTTPException(404) from error
        if shown.setting.kind is not Kind.FILE:
            raise HTTPException(404)
        return shown

    def file(
        self,
        request: Request,
        who: Person,
        shown: ShownSetting,
        text: str,
        *,
        problems: Sequence[str] = (),
        tried: bool = False,
    ) -> HTMLResponse:
        """One file as it counts, or as it was ``tried``: what would change, and the text."""
        office, now = self._frame.office, self._frame.clock()
        changes = changed_indicators(office, shown.setting.name, text, now) if tried else None
        of_file = {"shown": shown, "text": text, "tried": tried, "changes": changes}
        return self._frame.show(request, "setting_file.html", who, now, problems=problems, **of_file)

    def tried(self, request: Request, given: Given) -> Response:
        """Show what a file would change; where it does not hold, each of its faults with its line."""
        shown = self.of_file(given.text(NAME))
        try:
            text = _text_of(given)
            try_setting(given.office, shown.setting.name, text, given.now)
        except InputError as error:
            page = self.show(request, given.who, problems=list(_faults(error)))
            return HTMLResponse(bytes(page.body), 422)
        return self.file(request, given.who, shown, text, tried=True)

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The page that the form was on, with why it was refused."""
        if TEXT in given.fields:
            shown = self.of_file(given.text(NAME))
            return self.file(request, given.who, shown, _kept_text(given), problems=problems, tried=True)
        return self.show(request, given.who, problems=problems)


def _text_of(given: Given) -> str:
    """The text of the file that was sent. Raises InputError."""
    if given.file is None or not given.file.data:
        raise InputError("a file", field="tep", found="nothing", vi=NO_FILE)
    try:
        return given.file.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError("UTF-8 text", field="tep", found=error.reason, vi=NO_TEXT) from error


def _kept_text(given: Given) -> str:
    """The text that waits for its confirmation: browsers send lines with other ends."""
    return given.fields.get(TEXT, [""])[0].replace("\r\n", "\n")


def _faults(error: InputError) -> Sequence[str]:
    """What is wrong with a file, fault by fault, by the file's own name and line."""
    errors = error.errors if isinstance(error, CombinedInputError) else (error,)
    return [
        one.for_user.replace(str(one.file), Path(one.file).name) if one.file is not None else one.for_user
        for one in errors
    ]


def _back(given: Given, _: str) -> str:
    """To the setting that was changed, which says so."""
    name = quote(given.text(NAME), safe="")
    return f"./?da={name}#{name}"


def _change(given: Given) -> None:
    shown = shown_setting(given.office, given.text(NAME), given.now)
    decider, value = given.in_own_words(), ""

    def read() -> None:
        nonlocal value
        value = written(typed_value(shown, given))

    all_of(read, lambda: decider.why)
    try:
        change_setting(given.office, shown.setting.name, value, decider, given.now)
    except InputError as error:
        raise beside_fields(shown.setting, error) from error


def _undo(given: Given) -> None:
    name, by = given.text(NAME), given.in_own_words()
    undo_setting(given.office, name, by, given.now, seen=given.number("da_xem"))


def _take_file(given: Given) -> None:
    take_file(given.office, given.text(NAME), given.in_own_words(), given.now)


def _apply(given: Given) -> None:
    change_setting(given.office, given.text(NAME), _kept_text(given), given.in_own_words(), given.now)


ACTS: dict[str, Act] = {"sua": _change, "hoan-tac": _undo, "lay-theo-tep": _take_file, "ap-dung": _apply}
"""The acts by the address that a form is sent to."""
