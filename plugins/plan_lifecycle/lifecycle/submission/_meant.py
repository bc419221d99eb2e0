"""Which plan's duty a file answers, where a unit owes the same item of one period under several plans.

Xã Đức Trọng owes a plan of its own under the reform plan and one under the communication plan. A file that cites one of
them, or has the figures or the title of its kind, is no poor answer to the other: it is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_heading
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation
from plan_lifecycle.domain.submission import Rule
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.submission._bytes import TooCostlyError, Upload
from plan_lifecycle.lifecycle.submission._judge import Judged

_CITES_ANOTHER = frozenset({Rule.PLAN_CITATION, Rule.PLAN_CITATION_MISSING, Rule.PLAN_CITATION_NUMBER})


def only_meant(desk: Desk, upload: Upload, judged: Judged, owed: Sequence[Obligation]) -> Judged:
    """What was judged, for those of ``owed`` alone that the file answers; for all where it does not tell."""
    meant = list(owed)
    if len(meant) > 1:
        meant = _cited(judged, meant)
    if len(meant) > 1:
        meant = _of_its_kind(desk, upload, meant)
    if len(meant) > 1:
        read = {one.id: len(judged.checked[one.id].figures) for one in meant}  # kinds have a few names in common
        meant = [one for one in meant if read[one.id] == max(read.values())]
    if len(meant) > 1:
        meant = [one for one in meant if one.state in OUTSTANDING] or meant  # what was accepted needs nothing more
    return replace(judged, checked={one.id: judged.checked[one.id] for one in meant})


def _cited(judged: Judged, owed: list[Obligation]) -> list[Obligation]:
    """Those whose plan a sub-plan cites; all where it cites none of them."""
    if owed[0].item is not Item.SUB_PLAN:
        return owed
    rules = {one.id: {finding.rule for finding in judged.checked[one.id].findings} for one in owed}
    return [one for one in owed if not rules[one.id] & _CITES_ANOTHER] or owed


def _of_its_kind(desk: Desk, upload: Upload, owed: list[Obligation]) -> list[Obligation]:
    """Those under plans of the kind that the file's title names; all where it names none of them."""
    try:
        abstract = upload.read(read_heading).abstract or ""
    except (NotAPlan, BadDocument, TooCostlyError):
        return owed
    named = [profile for profile in desk.office.rules.profiles if profile.is_asked_by(abstract)]
    return [one for one in owed if desk.profile_of(one) in named] or owed
