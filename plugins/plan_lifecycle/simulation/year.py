"""A year, day by day: what is due is set off, what units send is handed in, and the next day comes.

The same loop drives the verbs directly (``plan-lifecycle simulate``) and real DAG runs (``make demo``): only days on
which something falls due or comes in are played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.lifecycle.cascade import unregistered_plans
from plan_lifecycle.lifecycle.compile import reports_due
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import anything_to_deliver
from plan_lifecycle.simulation.case import Case, Paper
from plan_lifecycle.simulation.endpoint import Endpoint, Entry
from plan_lifecycle.simulation.scene import Scene, last_morning
from plan_lifecycle.simulation.scoring import Scoring
from plan_lifecycle.simulation.settling import Settling
from plan_lifecycle.simulation.world import Compiled, Delivery, World
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.worked import note_morning


class Driver(Protocol):
    """What sets the verbs off on a day, and hands over the letters that have arrived since."""

    def cascade(self, day: date, papers: Sequence[Paper]) -> None:
        """Register ``papers``, and what was accepted, and cascade."""

    def remind(self, day: date) -> None:
        """Remind and send."""

    def collect(self, day: date) -> None:
        """Take in, file, review, answer."""

    def compile(self, day: date) -> None:
        """Compile what is due and send it."""

    def new_mail(self) -> Iterator[bytes]:
        """Letters that reached the mailboxes since the last call."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was played: the day, the verb, how many files came in with it."""

    day: date
    verb: str
    files: int = 0


def _say_nothing(step: Step) -> None:
    """Nobody listens."""


def _look_at_nothing(day: date) -> None:
    """Nobody looks."""


class Year:
    """Plays a case. ``inbox`` is the shared folder; ``told`` hears of every step before it runs, ``ended`` of every day
    after it was played, ``scoring`` is what a case scores, ``settling`` what its coordinator settles of targets."""

    def __init__(
        self,
        case: Case,
        world: World,
        office: Office,
        driver: Driver,
        *,
        inbox: Path,
        endpoint: Endpoint,
        told: Callable[[Step], None] = _say_nothing,
        scoring: Scoring | None = None,
        settling: Settling | None = None,
        ended: Callable[[date], None] = _look_at_nothing,
    ) -> None:
        self.case, self.world, self.office, self.driver = case, world, office, driver
        self._inbox, self._endpoint, self._told = inbox, endpoint, told
        self._scoring, self._settling, self._ended = scoring, settling, ended
        self._handed_out: set[int] = set()

    def play(self, until: date | None = None, since: date | None = None) -> None:
        """From the first plan's own day, or a later one, to the case's last letters, or to an earlier day."""
        day, last = since or self.case.begins, min(until or self.case.ends, self.case.ends)
        while day <= last:
            self._play_day(day)
            self._ended(day)
            day += timedelta(days=1)

    def leave_a_scene(self, until: date | None = None) -> date:
        """Play one more morning, of which nobody has decided anything, on the last working day; return that day."""
        day = last_morning(self.office, min(until or self.case.ends, self.case.ends))
        scene = Scene(self.office, self.world, day)
        deliveries = scene.deliveries()
        for delivery in deliveries:
            self._hand_in(delivery, day)
        self._step(Step(day, "collect", len(deliveries)), lambda: self.driver.collect(day))
        self._nothing_due(day - timedelta(days=1))
        scene.an_address_dies()
        scene.somebody_is_proposed()
        self._step(Step(day, "remind"), lambda: self.driver.remind(day))
        self._compile_if_due(day)
        return day

    def _play_day(self, day: date) -> None:
        if papers := self.case.papers_of(day):
            self._step(Step(day, "cascade"), lambda: self.driver.cascade(day, papers))
        with self.office.store.read() as connection:
            due = obligation_rows.due_for_rung(connection, day)
        if due:
            self._step(Step(day, "remind"), lambda: self.driver.remind(day))
        else:
            self._nothing_due(day)
        self._compile_if_due(day)
        deliveries = self.world.deliveries(day)
        if deliveries:
            for delivery in deliveries:
                self._hand_in(delivery, day)
            self._step(Step(day, "collect", len(deliveries)), lambda: self.driver.collect(day))
            if unregistered_plans(self.office, opening_of(day)):
                self._step(Step(day, "cascade"), lambda: self.driver.cascade(day, ()))
        if self._scoring is not None:
            self._scoring.play(day)
        if self._settling is not None:
            self._settling.play(day)

    def _nothing_due(self, day: date) -> None:
        """Note a morning on which nobody is to be reminded as one that was run: its digest would be empty."""
        with self.office.store.write() as connection:
            note_morning(connection, day)

    def _compile_if_due(self, day: date) -> None:
        now = opening_of(day)
        if reports_due(self.office, now) or anything_to_deliver(self.office, now):
            self._step(Step(day, "compile"), lambda: self.driver.compile(day))
            self._hand_out_reports()

    def _step(self, step: Step, run: Callable[[], None]) -> None:
        self._told(step)
        run()
        for letter in self.driver.new_mail():
            self.world.read_mail(letter)
        if step.verb in ("cascade", "collect"):  # what was accepted wakes a cascade, too
            self._hand_out_own_drafts()

    def _hand_out_own_drafts(self) -> None:
        """The coordinating agencies find their drafts in the store: no letter brings them."""
        own = {key for key, player in self.world.players.items() if player.coordinates(self.office.rules)}
        with self.office.store.read() as connection:
            kept = versions.drafts_in_force(connection)
        mine = [draft for drafts in kept.values() for draft in drafts if draft.unit_id in own]
        self.world.take_up([(draft.unit_id, self.office.store.blobs.get(draft.blob)) for draft in mine])

    def _hand_out_reports(self) -> None:
        """Who hands a report on takes it from the board, before or after its leader got it by mail."""
        with self.office.store.read() as connection:
            kept = [one for one in report_rows.every(connection) if one.id not in self._handed_out]
        get = self.office.store.blobs.get
        self._handed_out |= {one.id for one in kept}
        self.world.take_reports(
            {one.key: Compiled(get(one.word_blob), get(one.excel_blob), one.summary["received"]) for one in kept}
        )

    def _hand_in(self, delivery: Delivery, day: date) -> None:
        if delivery.by_http:
            number = f"{delivery.unit_id}-{delivery.item}-{delivery.period}-{day.isoformat()}-{delivery.file_name}"
            received = opening_of(day)
            self._endpoint.hand_in(
                Entry(
                    number,
                    delivery.unit_id,
                    delivery.item.value,
                    delivery.period,
                    delivery.file_name,
                    delivery.data,
                    received,
                )
            )
            return
        folder = self._inbox
        if delivery.unit_id:
            folder = folder / delivery.unit_id / f"{delivery.item}-{delivery.period}"
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{delivery.file_name}.part"
        partial.write_bytes(delivery.data)
        partial.rename(folder / delivery.file_name)
