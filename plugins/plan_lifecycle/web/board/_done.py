"""What was decided last, in words: the end of the trail with the units and titles that its ids stand for."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.act import ACT_WORDS, TAKEN_BACK
from plan_lifecycle.domain.obligation import Obligation, title
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, seen
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import waiting as waiting_rows
from plan_lifecycle.store.database import Connection

MOST_AT_ONCE = 10_000
_SUBJECTS = {subject.of_act: subject for subject in Subject}
FURTHER = 500
"""Acts among which those are looked for that somebody may see who does not see everything."""


class Done(NamedTuple):
    """An act as people read it; ``again`` says that it can be taken back."""

    id: str
    what: str
    act: str
    by: str
    at: datetime
    reason: str | None
    again: bool


def done_lately(office: Office, now: datetime, most: int) -> list[Done]:
    """The newest acts on submissions, obligations and arrivals that may be seen, the very newest first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        further = audit.newest(connection, most if office.sight.whole else FURTHER)
        acts = [act for act in further if act.subject in _SUBJECTS]
        known = seen(office, [_id_of(act) for act in acts])
        acts = [act for act in acts if _id_of(act) in known][:most]
        names = _names(connection, tree, acts)
    before: set[str] = set()
    found = []
    for act in acts:
        which = str(_id_of(act))
        again = which not in before and act.act in TAKEN_BACK
        before.add(which)
        found.append(Done(which, names.get(which, ""), ACT_WORDS[act.act], act.by, act.at, act.reason, again))
    return found


def _id_of(act: audit.Act) -> SubjectId:
    return SubjectId(_SUBJECTS[act.subject], act.subject_id)


class Just(NamedTuple):
    """What a person has just done: how often what, in words; how many letters wait for the next sending."""

    acts: dict[str, int]
    letters: int


def done_since(office: Office, by: str, since: int | None) -> Just | None:
    """What a person did since that row of the trail; nothing where none is given, or nothing was done."""
    if since is None:
        return None
    with office.store.read() as connection:
        acts = audit.newest(connection, MOST_AT_ONCE, after=max(since, 0))
        waiting = letter_rows.count_queued(connection, sight=office.sight)
    found = Counter(ACT_WORDS[act.act] for act in acts if act.by == by)
    return Just(found, waiting) if found else None


def _names(connection: Connection, tree: UnitTree, acts: list[audit.Act]) -> dict[str, str]:
    """What an id stands for: a unit and a title, or a file's name."""
    ids = {kind: {act.subject_id for act in acts if act.subject is kind.of_act} for kind in Subject}
    sent = waiting_rows.submissions_of(connection, ids[Subject.SUBMISSION])
    obligations = obligation_rows.get_obligations(connection, sorted(ids[Subject.OBLIGATION]))
    units = [*(submission.unit_id for submission in sent), *(owed.unit_id for owed in obligations)]
    tree = unit_rows.with_former(connection, tree, units)
    names = {f"S{submission.id}": _named(tree, submission) for submission in sent}
    for owed in obligations:
        names[f"O{owed.id}"] = _named(tree, owed)
    for number in ids[Subject.ARRIVAL]:
        arrival = arrival_rows.get(connection, number)
        names[f"A{number}"] = arrival.file_name if arrival else ""
    return names


def _named(tree: UnitTree, of: waiting_rows.WaitingSubmission | Obligation) -> str:
    return f"{tree.called(of.unit_id)}: {title(of.item, of.period, of.abstract)}"
