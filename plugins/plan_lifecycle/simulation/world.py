"""The simulated units: they read their mail, and send what they owe in the way that is theirs.

Xã Bình An opens the letter with its draft, fills number, day and signer's name into that very file, and delivers it on
its day; a district hands the report on that was compiled for it, as it is: nobody types it again. Where nobody below
it reported, it tells of its own work only.
"""

from __future__ import annotations

import email
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from email.message import Message
from types import MappingProxyType
from typing import NamedTuple

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.documents.drafts import PlanReference
from plan_lifecycle.documents.read_ahead import Beginning
from plan_lifecycle.documents.report_form import FormTask
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_task import SAID_WORDS, Said
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.simulation.behaviour import Behaviour
from plan_lifecycle.simulation.case import Owed, Player, Stage
from plan_lifecycle.simulation.expected import sendings
from plan_lifecycle.simulation.hands import Begun, begin
from plan_lifecycle.simulation.papers import signed_paper, text_of, wrong_paper
from plan_lifecycle.simulation.report_invariants import SentReport
from plan_lifecycle.simulation.tasks import Led, led_by_units
from plan_lifecycle.simulation.unit_report import UnitReport

_NO_DRAFT = b""
_DAYS_AHEAD = 4
"""Days with papers that are begun before they come: on the busiest day of a country one hand alone falls behind."""
_WORD = b"wordprocessingml"
"""What a letter with a Word file has among its bytes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file that a unit sends on a day; without a ``unit_id`` it lies in the inbox, and nobody knows whose it is."""

    unit_id: str
    item: Item
    period: str
    file_name: str
    data: bytes
    by_http: bool
    right: bool


class Compiled(NamedTuple):
    """The files of a consolidated report, and of how many units it is."""

    word: bytes
    excel: bytes
    received: int


_Due = tuple[str, Owed, bool, date]
"""Whose paper, of what, right or by mistake, and on which day."""


class _Writing(NamedTuple):
    """A unit's own report, and the file that is being made of it."""

    report: UnitReport
    made: Begun


class World:
    """All simulated units of a case. ``read_mail`` is what they learn from, ``deliveries`` what they send on a day."""

    def __init__(
        self,
        stage: Stage,
        players: Iterable[Player],
        behaviour: Behaviour,
        rules: Rules,
        hands: Beginning | None = None,
    ) -> None:
        self.case, self.tree, self.behaviour, self.rules = stage.case, stage.tree, behaviour, rules
        self.players = {player.unit.id: player for player in players}
        self._hands = hands
        self._begun: dict[_Due, _Writing] = {}
        self._plans: dict[_Due, Begun] = {}
        self._drafts: dict[tuple[str, int], bytes] = {}
        self._led: dict[int, tuple[Led, ...]] = {}
        self._compiled: dict[ReportKey, Compiled] = {}
        self.sent: list[SentReport] = []
        self._due: dict[date, list[tuple[str, Owed, bool]]] = defaultdict(list)
        for player in self.players.values():
            for paper in player.issued:
                self._set_out(player, paper)

    def read_mail(self, data: bytes) -> None:
        """Open a letter; only a draft sets something off."""
        if _WORD not in data:
            return
        message = email.message_from_bytes(data)
        address = str(message["To"] or "").rpartition("<")[2].rstrip(">")
        unit_id = address.partition("@")[0]
        for part in message.walk():
            name = part.get_filename() or ""
            if name.endswith(".docx") and unit_id in self.players and name.startswith("Du thao"):
                self._take_on(unit_id, _content(part))

    def take_reports(self, compiled: Mapping[ReportKey, Compiled]) -> None:
        """Hand compiled reports to the units whose they are."""
        self._compiled.update(compiled)

    def take_up(self, drafts: Iterable[tuple[str, bytes]]) -> None:
        """Hand drafts to units that no letter brings one, by their ids."""
        for unit_id, draft in drafts:
            if unit_id in self.players:
                self._take_on(unit_id, draft)

    def take_over(self, tree: UnitTree, players: Iterable[Player]) -> None:
        """Have other units play from now on, in another tree; what those that ended meant to send is sent by nobody."""
        self.tree = tree
        self._led.clear()
        self._begun.clear()
        self._plans.clear()
        for day, due in self._due.items():
            self._due[day] = [one for one in due if one[0] in tree]
        for player in players:
            self.players[player.unit.id] = player
            self._set_out(player, 0)

    def days(self) -> list[date]:
        """The days on which something is to be sent."""
        return sorted(day for day, due in self._due.items() if due)

    def deliveries(self, day: date) -> list[Delivery]:
        """What is sent on ``day``, and on earlier days that nobody asked for; asked once."""
        found = []
        for each in [each for each in self.days() if each <= day]:
            for unit_id, owed, right in sorted(self._due.pop(each)):
                found.append(self._paper(self.players[unit_id], owed, right, day))
        if self._hands is not None:
            self._begin_the_next_days()
        return found

    def _begin_the_next_days(self) -> None:
        """Have the papers of the next days made meanwhile, each once; not those that are handed on."""
        for day in self.days()[:_DAYS_AHEAD]:
            for unit_id, owed, right in self._due[day]:
                key, player = (unit_id, owed, right, day), self.players[unit_id]
                if key in self._begun or key in self._plans:
                    continue
                if owed.item is Item.SUB_PLAN:
                    self._plans[key] = self._plan(player, owed, right, day)
                elif not self._handed_on(player, owed, right):
                    self._begun[key] = self._written(player, owed, day, right)

    def can_write(self, player: Player, owed: Owed) -> bool:
        """Whether the player could hand it in: a plan is made of the draft that it got."""
        return owed.item is not Item.SUB_PLAN or (player.unit.id, owed.paper) in self._drafts

    def paper(self, player: Player, owed: Owed, day: date) -> Delivery:
        """What the player owes, as it would be handed in on a day."""
        return self._paper(player, owed, True, day)

    def _take_on(self, unit_id: str, draft: bytes) -> None:
        paper = self._paper_of(draft)
        if paper is None or (unit_id, paper) in self._drafts:
            return
        self._drafts[unit_id, paper] = draft
        self._set_out(self.players[unit_id], paper)

    def _set_out(self, player: Player, paper: int) -> None:
        for owed in player.last_days:
            if owed.paper != paper:
                continue
            for sending in sendings(self.behaviour, player, owed, self.rules.calendar):
                self._due[sending.day].append((player.unit.id, owed, sending.right))

    def _paper_of(self, draft: bytes) -> int | None:
        """Which of the case's papers a draft carries out: the one whose abstract it takes over; None for a plan that
        no unit knows of, such as a visitor's."""
        if len(self.case.papers) == 1:
            return 0
        text = normalise(text_of(draft))
        said = [(len(paper.abstract), number) for number, paper in enumerate(self.case.papers)
                if normalise(paper.abstract) in text]  # fmt: skip
        return max(said)[1] if said else None

    def _paper(self, player: Player, owed: Owed, right: bool, day: date) -> Delivery:
        item, period, paper = owed
        unit_id, of = player.unit.id, f"-{paper + 1}" if paper else ""
        if item is Item.SUB_PLAN:
            name = f"ke-hoach-{period}{of}.docx"
            begun = self._plans.pop((unit_id, owed, right, day), None)
            data = (begun or self._plan(player, owed, right, day))()
        else:
            name, data = self._report(player, owed, day, filled=right)
            name = f"bao-cao-{period}{of}.{name}"
        by_http = self.behaviour.by_http(unit_id)
        return Delivery(unit_id, item, period, name if right else f"nham-{name}", data, by_http, right)

    def _plan(self, player: Player, owed: Owed, right: bool, day: date) -> Begun:
        """A unit's own plan as it is being signed and numbered, or what it sends by mistake."""
        unit = player.unit
        if right:
            return begin(self._hands, signed_paper, self._drafts[unit.id, owed.paper], unit.id, day)
        return begin(self._hands, wrong_paper, unit.agency, unit.id)

    def _report(self, player: Player, owed: Owed, day: date, *, filled: bool) -> tuple[str, bytes]:
        """The ending and the bytes of a unit's report: what was compiled for it, a Word file, or the form."""
        in_word = self.behaviour.in_word(player.unit.id) and filled
        if compiled := self._handed_on(player, owed, filled):
            data = signed_paper(compiled.word, player.unit.id, day) if in_word else compiled.excel
            self._note(player, data, (), compiled.excel)
            return ("docx" if in_word else "xlsx"), data
        begun = self._begun.pop((player.unit.id, owed, filled, day), None)
        report, made = begun or self._written(player, owed, day, filled)
        done, data = SAID_WORDS[Said.DONE], made()
        said = {task.name: task.said == done for task in report.tasks}
        self._note(player, data, tuple(line.text for line in report.lines), tasks=said)
        return ("docx" if in_word else "xlsx"), data

    def _handed_on(self, player: Player, owed: Owed, filled: bool) -> Compiled | None:
        """The report that was compiled for a unit, which it hands on; None where it writes its own."""
        compiled = self._compiled.get(self.case.report_of(player.unit.id, owed, self.rules))
        return compiled if filled and compiled and compiled.received else None

    def _written(self, player: Player, owed: Owed, day: date, filled: bool) -> _Writing:
        """What a unit reports by itself, and its file as it is being written."""
        period, profile = Period.parse(owed.period), self.rules.profile_of(self.case.papers[owed.paper].abstract)
        indicators = self.rules.asked_of(player.unit, period.year, profile)
        counted = self.behaviour.figures(self.rules.indicators_of(period.year))
        known = {one.code: counted.value(player.unit.id, one, owed.period) for one in indicators} if filled else {}
        values = {code: value for code, value in known.items() if value is not None}
        lines = self.behaviour.author.lines(player, owed.period, profile) if filled else ()
        tasks = self._tasks(player, owed, day) if filled and player.unit.level in profile.tasks else ()
        report = UnitReport(
            player.unit, self.tree[player.receiver_id], period, profile, indicators, values, tuple(lines), tasks
        )
        if self.behaviour.in_word(player.unit.id) and filled:
            form = report.in_word(self.tree, self.rules, self._parent(owed), day)
            return _Writing(report, begin(self._hands, UnitReport.as_word, report, form, day))
        return _Writing(report, begin(self._hands, UnitReport.as_form, report))

    def _tasks(self, player: Player, owed: Owed, day: date) -> tuple[FormTask, ...]:
        """What a unit says of the plan's tasks that it leads."""
        paper = self.case.papers[owed.paper]
        if paper.issuer.id != player.receiver_id:
            return ()
        if owed.paper not in self._led:
            self._led[owed.paper] = led_by_units(paper, self.tree)
        return tuple(self.behaviour.foreman.rows(player.unit, self._led[owed.paper], day))

    def _note(
        self,
        player: Player,
        data: bytes,
        lines: tuple[str, ...],
        handed_on: bytes | None = None,
        tasks: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        digest = hashlib.sha256(data).hexdigest()
        name = self.tree.named(player.unit, within=player.receiver_id)
        self.sent.append(SentReport(player.unit.id, name, digest, lines, handed_on, tasks))

    def _parent(self, owed: Owed) -> PlanReference:
        """The paper on which a report reports."""
        paper = self.case.papers[owed.paper]
        return PlanReference(paper.number, short_date(paper.comes_on), paper.issuer.agency, paper.abstract)


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else _NO_DRAFT
