"""When ladders or the calendar were edited, the stored next days are worked out again, once.

A notice of swapped days comes in May, a coordinator adds T−14: what xã Bình An was already sent stays sent, and its
next rung is the first of the new ladder that is newer than all that.
"""

from __future__ import annotations

import hashlib
from datetime import date

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.store import fingerprints, overview
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection

NAME = "ladders"


def follow_changes(connection: Connection, rules: Rules, today: date) -> int:
    """Work out the next days where the rules have changed since they were; return how many obligations have another.

    A store that never saw any rules takes the present ones as those that its days rest on.
    """
    digest = digest_of(rules)
    known = fingerprints.get(connection, NAME)
    if known == digest:
        return 0
    fingerprints.put(connection, NAME, digest)
    if known is None:
        return 0
    owed = overview.outstanding_by(connection, date.max)
    newest = reminder_rows.last_recorded(connection, [obligation.id for obligation in owed])
    tree = unit_rows.load_tree(connection, today)
    days = {obligation.id: _next_day(rules, tree, obligation, newest.get(obligation.id), today) for obligation in owed}
    moved = {
        obligation.id: days[obligation.id] for obligation in owed if days[obligation.id] != obligation.next_rung_on
    }
    obligation_rows.set_next_rung(connection, moved)
    return len(moved)


def digest_of(rules: Rules) -> str:
    """What the next days depend on, as one word."""
    ladders = sorted((item.value, ladder) for item, ladder in rules.ladders.items())
    if rules.reminding.returned:
        ladders.append(("returned", rules.reminding.returned))
    calendar = rules.calendar
    days = (sorted(calendar.days_off), sorted(calendar.extra_working), calendar.quiet_before, calendar.quiet_after)
    return hashlib.sha256(repr((ladders, days)).encode()).hexdigest()


def _next_day(rules: Rules, tree: UnitTree, owed: Obligation, newest: date | None, today: date) -> date | None:
    """The first rung that is newer than what is recorded and still ahead, or was missed by the old ladder already."""
    days = [rung.day for rung in rules.rung_days(owed, tree.get(owed.unit_id))]
    begins = min(owed.next_rung_on or today, today)
    return next((day for day in days if day >= begins and (newest is None or day > newest)), None)
