"""The page *Việc chờ xử lý*: what waits, group by group, and what was decided last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from plan_lifecycle.config.reasons import read_reasons
from plan_lifecycle.domain.writing import count_text, moment_words, short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review_acts import clean_submissions
from plan_lifecycle.lifecycle.waiting import waiting
from plan_lifecycle.store import audit
from plan_lifecycle.web.board._done import ACTS, done_lately

A_PAGE = 100
RECENT = 15
MOST_AT_ONCE = 10_000


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
        self,
        now: datetime,
        name: str,
        *,
        since: int | None = None,
        part: int = 1,
        problems: Sequence[str] = (),
        status: int = 200,
    ) -> HTMLResponse:
        """The page as ``name`` sees it; ``since`` is the number of the trail's row before what they just did."""
        found = waiting(self._office, now)
        groups = {kind: [each for each in found if each.kind == kind] for kind in ("arrival", "obligation", "addendum")}
        submissions = [each for each in found if each.kind == "submission"]
        parts = max(1, -(-len(submissions) // A_PAGE))
        part = min(max(part, 1), parts)
        return HTMLResponse(
            self._template.render(
                groups,
                name=name,
                submissions=submissions[(part - 1) * A_PAGE : part * A_PAGE],
                count=len(submissions),
                clean=len(clean_submissions(self._office)),
                part=part,
                parts=parts,
                just=self._just(name, since),
                recent=done_lately(self._office, now, RECENT),
                problems=problems,
                reasons=read_reasons(self._config),
            ),
            status,
        )

    def _just(self, name: str, since: int | None) -> dict[str, int]:
        """How often this person did what since that row of the trail."""
        if since is None:
            return {}
        with self._office.store.read() as connection:
            acts = audit.newest(connection, MOST_AT_ONCE, after=max(since, 0))
        return Counter(ACTS.get(each.act, each.act) for each in acts if each.by == name)
