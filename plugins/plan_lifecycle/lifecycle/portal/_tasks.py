"""The plan's tasks on the page of a unit's form: one group of fields a task.

Of the task with the key "task-1" they are ``n_task-1`` (how far it is, a code of ``Said``), ``d_…`` (the day, as a date
field sends it), ``p_…`` (the paper) and ``g_…`` (a note).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plan_lifecycle.documents.report_form import FormTask
from plan_lifecycle.domain.figure_text import read_day
from plan_lifecycle.domain.plan_task import SAID_WORDS, Said, read_said
from plan_lifecycle.domain.writing import short_date

TASK_CELLS = ("n", "d", "p", "g")
ANSWERS = tuple((said.value, words) for said, words in SAID_WORDS.items() if said is not Said.OPEN)

STATES = tuple(words for _, words in ANSWERS)


def tasks_typed(tasks: Sequence[FormTask], fields: Mapping[str, str]) -> tuple[FormTask, ...]:
    """The tasks with what was typed of each; a state that is none is left as it was typed."""
    words = dict(ANSWERS)
    found = []
    for task in tasks:
        said, day, paper, note = (fields.get(f"{cell}_{task.key}", "") for cell in TASK_CELLS)
        found.append(FormTask(task.key, task.name, task.time, words.get(said, said), _shown(day), paper, note))
    return tuple(found)


def _shown(typed: str) -> str:
    """A day as people write it; what is none stays as it was typed."""
    day = read_day(typed)
    return typed if day is None else short_date(day)


def task_fields(tasks: Iterable[FormTask]) -> dict[str, str]:
    """The fields of a form that nobody has saved yet: what the unit has said of each task before."""
    fields: dict[str, str] = {}
    for task in tasks:
        said, day = read_said(task.said), read_day(task.done_on)
        cells = (said.value if said else "", day.isoformat() if day else "", task.paper, task.note)
        fields |= {f"{cell}_{task.key}": text for cell, text in zip(TASK_CELLS, cells, strict=True) if text}
    return fields
