"""Any list taken along: as text for a message, as telephone numbers, as Excel; searched, sorted and ticked before.

A page gives its lines once (``_listings``) and shows ``take_along`` of ``_parts.html``; all else is done here. Where
nothing is ticked, the whole list as it is seen goes along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter, Depends
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.documents.list_table import Cell, Heading, write_list
from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.text import plain
from plan_lifecycle.domain.writing import count_text, file_name, short_date
from plan_lifecycle.lifecycle.situation import Reach
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.saving import saved

MOST_SHOWN = 500
"""Lines on a page; what goes along has them all."""
KEPT = ("noi_dung", "ma", "lien_he", "xem")
"""What of the page's own filter is kept beside ours."""
FORMS = {"xem": "Chọn, lọc", "tin-nhan": "Tin nhắn", "dien-thoai": "Số điện thoại", "excel": "Excel"}
SORTS = {"": "cần xử lý trước", "ten": "theo tên", "nhom": "theo nhóm"}
_PEOPLE = (Heading("Người liên hệ", 28), Heading("Số điện thoại", 24))


class Line(NamedTuple):
    """One line of a list: what it is called, how it reads in a message, its cells, whom to call; ``unit`` is whose."""

    id: str
    name: str
    text: str
    cells: tuple[Cell, ...]
    group: str = ""
    unit: str = ""
    people: tuple[Reach, ...] = ()


class Listing(NamedTuple):
    """A list, what needs a person first; ``back`` is the address of its page.

    ``groups`` are those of its lines in their own order, where that is not the alphabet's.
    """

    title: str
    back: str
    headings: tuple[Heading, ...]
    lines: Sequence[Line]
    groups: Sequence[str] = ()


Lists = Mapping[str, Callable[[Frame, Person, QueryParams], Listing]]
"""The lists by the part of an address that names them."""


def along(frame: Frame, lists: Lists) -> APIRouter:
    """The routes of all lists that can be taken along."""
    routes, looks = APIRouter(prefix="/danh-sach"), Depends(frame.within.look)

    @routes.get("/{which}/{form}")
    def take(request: Request, which: str, form: str, who: Person = looks) -> Response:
        if which not in lists or form not in FORMS:
            raise HTTPException(404)
        asked = request.query_params
        listing = lists[which](frame, who, asked)
        groups = listing.groups or sorted({line.group for line in listing.lines if line.group}, key=plain)
        seen = _seen(listing.lines, asked, groups)
        ticked = set(asked.getlist("id"))
        chosen = [line for line in seen if line.id in ticked] or seen
        day = short_date(frame.clock().date())
        if form == "excel":
            return saved(_excel(listing, chosen, day), file_name(f"{listing.title} {day}", "xlsx"))
        texts = _texts(form, listing, chosen, day, by_group=asked.get("sap") == "nhom")
        return frame.show(
            request,
            "along.html",
            who,
            frame.clock(),
            listing=listing,
            which=which,
            seen=seen,
            ticked=ticked,
            chosen=len(chosen),
            texts=texts,
            forms=FORMS,
            sorts=SORTS,
            groups=groups,
            asked=asked,
            kept=[(name, asked[name]) for name in KEPT if asked.get(name)],
            most=MOST_SHOWN,
        )

    return routes


def _seen(lines: Sequence[Line], asked: QueryParams, groups: Sequence[str]) -> list[Line]:
    """The lines that the search words and the group leave, in the order that was asked for."""
    words, group = plain(asked.get("tim", "")[:LONGEST_NAME]).split(), asked.get("nhom", "")
    found = [
        line
        for line in lines
        if group in ("", line.group) and (not words or _has(plain(f"{line.name} {line.group} {line.text}"), words))
    ]
    if asked.get("sap") == "ten":
        return sorted(found, key=lambda line: plain(line.name))
    place = {name: number for number, name in enumerate(groups)}
    return sorted(found, key=lambda line: place.get(line.group, -1)) if asked.get("sap") == "nhom" else found


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _texts(form: str, listing: Listing, lines: Sequence[Line], day: str, *, by_group: bool) -> list[tuple[str, str]]:
    """What is copied, each part with its name; ``by_group``: each group in the message under its own name."""
    if form == "tin-nhan":
        numbered = _numbered(lines, by_group=by_group)
        head = f"{listing.title}, ngày {day} ({count_text(len(lines))}):"
        return [("Nội dung tin nhắn", "\n".join([head, *numbered]))]
    if form == "dien-thoai":
        return _numbers(lines)
    return []


def _numbered(lines: Sequence[Line], *, by_group: bool) -> Iterator[str]:
    for name, alike in groupby(lines, key=lambda line: line.group if by_group else ""):
        some = list(alike)
        if name:
            yield f"{name} ({count_text(len(some))}):"
        yield from (f"{number}. {line.text}" for number, line in enumerate(some, start=1))


def _numbers(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Every number once with whose it is, the numbers alone, and who has none."""
    numbers: dict[str, str] = {}
    without: dict[str, None] = {}
    for line in lines:
        unit = line.unit or line.name
        called = [(phone.words, person.name) for person in line.people for phone in person.phones]
        for words, name in called:
            numbers.setdefault(words, f"{words} – {name}, {unit}")
        if not called:
            without[unit] = None
    parts = [
        ("Số điện thoại và người liên hệ", "\n".join(numbers.values())),
        ("Chỉ các số điện thoại", "; ".join(numbers)),
        ("Chưa có số điện thoại", "\n".join(without)),
    ]
    return [(name, text) for name, text in parts if text]


def _excel(listing: Listing, lines: Sequence[Line], day: str) -> bytes:
    rows = (
        (
            *line.cells,
            "; ".join(person.name for person in line.people),
            "; ".join(phone.words for person in line.people for phone in person.phones),
        )
        for line in lines
    )
    return write_list(listing.title, (*listing.headings, *_PEOPLE), rows, [f"Ngày {day}"])
