"""Whether a report's letter should still leave: it may be held, replaced or issued since it was queued.

The mail server was away when the leader's morning came. Until it is back a newer version has been made: the letter with
the older one does not go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.release import Receiver
from plan_lifecycle.lifecycle.release._letters import REPORT_LETTERS, report_of
from plan_lifecycle.store import releases
from plan_lifecycle.store.database import Connection

_HELD = "báo cáo đang được giữ lại"
_REPLACED = "đã có bản lập lại mới hơn"
_GONE_OUT = "báo cáo đã ban hành"


class Stopped(NamedTuple):
    """Why a letter does not leave, for people: for good, or for as long as the report is held."""

    reason: str
    for_a_time: bool = False


def stopped_reports(connection: Connection, letters: Sequence[Letter], today: date) -> dict[int, Stopped]:
    """Those of the letters that bring a report and should not leave now, by id."""
    bringing = {
        letter.id: found for letter in letters if letter.kind in REPORT_LETTERS and (found := report_of(letter))
    }
    if not bringing:
        return {}
    way_of = {version.id: way for way in releases.ways(connection) for version in way.versions}
    stopped: dict[int, Stopped] = {}
    for letter_id, (report_id, receiver) in bringing.items():
        way = way_of.get(report_id)
        if way is None:
            continue
        version = next(one for one in way.versions if one.id == report_id)
        if version.issued:
            stopped[letter_id] = Stopped(_GONE_OUT)
        elif version.id != way.newest.id:
            stopped[letter_id] = Stopped(_REPLACED)
        elif receiver is Receiver.LEADER and way.held(today):
            stopped[letter_id] = Stopped(_HELD, for_a_time=True)
    return stopped
