"""The morning that a visitor of the demo finds: a played year stops on a working day, and not all of it is done.

On 29/12/2023 two papers came under another unit's name and wait for a person, a report came late, a plan lies in the
inbox in a folder of nobody's, one address has died, a commune proposes another person. Nobody decides any of it but the
visitor, and nothing of it is held against the configuration: that was done before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import people_of
from plan_lifecycle.lifecycle.send import note_bounce
from plan_lifecycle.mail.incoming import Classified, Failure, Kind
from plan_lifecycle.simulation.case import Owed, Player
from plan_lifecycle.simulation.world import Delivery, World
from plan_lifecycle.store import overview, played
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.worked import newest_day

AHEAD = timedelta(days=7)
"""What falls due so soon may come in already."""
CROSSED = 2
"""Papers under another unit's name."""
NO_SUCH_MAILBOX = "5.1.1"
MAIL_ROOM = "van-thu"
"""A folder of the inbox that is no unit's: whose the file is stands in its head alone, and a person is asked."""
Duty = tuple[Player, Owed]


def last_morning(office: Office, until: date) -> date:
    """The day of the scene: the last working day up to a day, and none before the newest that was worked at."""
    with office.store.read() as connection:
        newest = newest_day(connection)
    day = office.rules.calendar.on_or_before(until)
    return max(day, newest) if newest else day


class Scene:
    """What comes in on the last morning, and what it is about: each of another unit as far as there are enough."""

    def __init__(self, office: Office, world: World, day: date) -> None:
        self._office, self._world, self._day = office, world, day
        duties = list(self._found())
        first = self._mistaken(duties, 1)
        self._unknown = [duty for duty in duties if duty not in first][:1]
        self._crossed = first + self._mistaken(
            [duty for duty in duties if duty not in first + self._unknown], CROSSED - 1
        )
        others = [duty for duty in duties if duty not in self._crossed + self._unknown]
        self._late, self._asks = others[:1], others[1:2]

    def deliveries(self) -> list[Delivery]:
        """The files of the morning."""
        crossed = [(duty, neighbour) for duty in self._crossed if (neighbour := self._neighbour(duty))]
        return [
            *(
                replace(self._world.paper(other, duty[1], self._day), unit_id=duty[0].unit.id)
                for duty, other in crossed
            ),
            *(self._world.paper(*duty, self._day) for duty in self._late),
            *(
                replace(
                    self._world.paper(*duty, self._day), unit_id=MAIL_ROOM, by_http=False, file_name=_scanned(duty[1])
                )
                for duty in self._unknown
            ),
        ]

    def an_address_dies(self) -> None:
        """Bring back what the first of those units was written this morning."""
        for player, _ in self._crossed[:1] or self._late:
            people, _ = people_of(self._office, player.unit.id, self._day)
            for person in people[:1]:
                failure = Failure(person.email, NO_SUCH_MAILBOX, True)
                bounce = Classified(Kind.BOUNCE, person.email, NO_SUCH_MAILBOX, True, (failure,))
                note_bounce(self._office, bounce, opening_of(self._day))

    def somebody_is_proposed(self) -> None:
        """Have one unit propose who gets its letters from now on, as it does on its page."""
        for player, _ in self._asks or self._unknown or self._crossed[1:]:
            people, _ = people_of(self._office, player.unit.id, self._day)
            for person in people[:1]:
                values = {
                    "unit_id": player.unit.id,
                    "replaces": person.id,
                    "name": "Nguyễn Thị Minh",
                    "email": f"van-phong.{person.email}",
                    "stated_by": f"{person.name}, công chức Văn phòng",
                    "requested_at": opening_of(self._day),
                }
                with self._office.store.write() as connection:
                    portal_rows.request_contact(connection, values)

    def _found(self) -> Iterator[Duty]:
        """One duty of each unit that works for nobody: half of what is awaited, then what has come, the nearest first.

        The other half stays late.
        """
        with self._office.store.read() as connection:
            known = {(row.unit_id, row.item, row.period) for row in played.owed(connection)}
            awaited = {
                (duty.unit_id, duty.item.value, duty.period)
                for duty in overview.outstanding_by(connection, self._day + AHEAD)
            }
        found = [
            (((player.unit.id, owed.item.value, owed.period) not in awaited, abs(last_day - self._day)), player, owed)
            for player in self._world.players.values()
            if not player.coordinates(self._office.rules)
            for owed, last_day in player.last_days.items()
            if last_day <= self._day + AHEAD and (player.unit.id, owed.item.value, owed.period) in known
            if self._world.can_write(player, owed)
        ]
        nearest: dict[str, tuple[bool, Duty]] = {}
        for (come, _), player, owed in sorted(found, key=lambda one: (one[0], one[1].number)):
            nearest.setdefault(player.unit.id, (come, (player, owed)))
        late = [duty for come, duty in nearest.values() if not come]
        yield from late[: len(late) // 2]
        yield from (duty for come, duty in nearest.values() if come)

    def _mistaken(self, duties: list[Duty], most: int) -> list[Duty]:
        return [duty for duty in duties if self._neighbour(duty)][:most]

    def _neighbour(self, duty: Duty) -> Player | None:
        """Who owes the same to the same, and could be taken for the unit by mistake."""
        player, owed = duty
        return next(
            (
                other
                for other in self._world.players.values()
                if other.unit.id != player.unit.id
                and (other.receiver_id, other.unit.kind) == (player.receiver_id, player.unit.kind)
                and owed in other.last_days
                and self._world.can_write(other, owed)
            ),
            None,
        )


def _scanned(owed: Owed) -> str:
    return f"{'ke hoach' if owed.item is Item.SUB_PLAN else 'bao cao'} ban chinh thuc.docx"
