"""The page of one run: which step is under way, what came of it, where to look next. It loads itself until it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._runs import PLACE, STEP_WORDS, SeenStep, Step, onward


class StepLine(NamedTuple):
    """A task as the page shows it: how many of its items are in which state, and the names of those that failed."""

    name: str
    counts: tuple[tuple[str, int], ...]
    failed: tuple[str, ...]


def runs_page(frame: Frame) -> APIRouter:
    """The route of the page, for whoever sees every unit, and for whoever has set the run off."""
    routes, looks = APIRouter(prefix=f"/{PLACE}"), Depends(frame.within.look)

    @routes.get("/{dag}/{run_id}")
    def look(request: Request, dag: str, run_id: str, who: Person = looks) -> Response:
        run = frame.runs.see(dag, run_id) if frame.runs else None
        if run is None or not (who.sight.whole or run.by == who.name):
            raise HTTPException(404)
        return frame.show(
            request,
            "run.html",
            who,
            frame.clock(),
            run=run,
            lines=_lines(run.steps),
            words=STEP_WORDS[run.state],
            link=onward(run_id),
            inside=f"/dags/{dag}/runs/{quote(run_id, safe='')}",
        )

    return routes


def _lines(steps: Sequence[SeenStep]) -> list[StepLine]:
    """The tasks in order, each once."""
    found = []
    for name in dict.fromkeys(step.name for step in steps):
        mine = [step for step in steps if step.name == name]
        states = Counter(step.state for step in mine)
        counts = tuple((STEP_WORDS[state], states[state]) for state in Step if states[state])
        failed = tuple(step.item for step in mine if step.state is Step.FAILED and step.item)
        found.append(StepLine(name, counts, failed))
    return found
