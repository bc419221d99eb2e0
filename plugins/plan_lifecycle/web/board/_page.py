"""The page *Việc chờ xử lý*: what waits, group by group, and what was decided last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from plan_lifecycle.config.reasons import read_reasons
from plan_lifecycle.domain.act import ACT_WORDS
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import count_text, moment_words, short_date
from plan_lifecycle.lifecycle.office import Office, find_unit
from plan_lifecycle.lifecycle.review import (
    Unplaced,
    Waiting,
    WaitingKind,
    candidates_of,
    clean_submissions,
    in_doubt,
    waiting,
)
from plan_lifecycle.store import audit
from plan_lifecycle.web.board._done import done_lately

A_PAGE = 100
RECENT = 15
MOST_AT_ONCE = 10_000


class Person(NamedTuple):
    """Who is logged in, and whether they may decide."""

    name: str
    decides: bool


class Asked(NamedTuple):
    """What the page's address asks for: the part of a long list, what was done since a row of the trail, and all that
    a ``unit``, as it was typed, owes beside an ``arrival``."""

    part: int = 1
    since: int | None = None
    arrival: str = ""
    unit: str = ""


class Page:
    """The page of one office; its template is compiled once."""

    def __init__(self, office: Office, templates: Path, config: Path) -> None:
        self._office, self._config = office, config
        environment = Environment(
            loader=FileSystemLoader(templates / "board"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        environment.filters |= {"ngay": short_date, "luc": moment_words, "so": count_text}
        self._template = environment.get_template("waiting.html")

    def show(
        self, now: datetime, who: Person, asked: Asked, problems: Sequence[str] = (), status: int = 200
    ) -> HTMLResponse:
        """The page as somebody sees it; ``problems`` are what was not done, and why."""
        found, unknown = self._looked_up(waiting(self._office, now), asked, now)
        every = [*found, *in_doubt(self._office, now)]
        groups = {kind.value: [each for each in every if each.kind is kind] for kind in WaitingKind}
        submissions = groups.pop(WaitingKind.SUBMISSION.value)
        parts = max(1, -(-len(submissions) // A_PAGE))
        part = min(max(asked.part, 1), parts)
        return HTMLResponse(
            self._template.render(
                groups,
                who=who,
                submissions=submissions[(part - 1) * A_PAGE : part * A_PAGE],
                count=len(submissions),
                clean=len(clean_submissions(self._office)),
                heirs=sorted({heir for each in found for heir in each.heirs}, key=lambda heir: heir.name),
                part=part,
                parts=parts,
                just=self._just(who, asked.since),
                recent=done_lately(self._office, now, RECENT),
                problems=[*problems, *unknown],
                reasons=read_reasons(self._config),
            ),
            status,
        )

    def _looked_up(self, found: list[Waiting], asked: Asked, now: datetime) -> tuple[list[Waiting], list[str]]:
        """What waits, with all that the named unit owes beside the arrival that it was named for; else why not."""
        if not asked.unit.strip():
            return found, []
        try:
            unit = find_unit(self._office, asked.unit, now)
        except InputError as error:
            return found, [error.for_user]
        candidates = candidates_of(self._office, unit, now)
        known = [
            replace(each, arrival=replace(each.arrival or Unplaced(None), units=(unit.agency,), candidates=candidates))
            if each.id == asked.arrival
            else each
            for each in found
        ]
        return known, [] if candidates else [f"{unit.agency} không có nội dung phải gửi."]

    def _just(self, who: Person, since: int | None) -> dict[str, int]:
        """How often this person did what since that row of the trail."""
        if since is None:
            return {}
        with self._office.store.read() as connection:
            acts = audit.newest(connection, MOST_AT_ONCE, after=max(since, 0))
        return Counter(ACT_WORDS[act.act] for act in acts if act.by == who.name)
