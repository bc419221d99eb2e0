"""The simulated units: they read their mail, and send what they owe in the way that is theirs.

Xã Bình An opens the letter with its draft, fills number, day and signer's name into that very file, and delivers it on
its day; a district takes the totals for its report from the consolidated workbook that its leader got by mail.
"""

from __future__ import annotations

import email
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.message import Message

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.simulation.behaviour import Behaviour
from plan_lifecycle.simulation.case import Case, Owed, Player
from plan_lifecycle.simulation.expected import sendings
from plan_lifecycle.simulation.papers import signed_plan, text_of, wrong_paper

_NO_DRAFT = b""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file that a unit sends on a day."""

    unit_id: str
    item: Item
    period: str
    file_name: str
    data: bytes
    by_http: bool
    right: bool


class World:
    """All simulated units of a case. ``read_mail`` is what they learn from, ``deliveries`` what they send on a day."""

    def __init__(self, case: Case, players: Iterable[Player], behaviour: Behaviour, rules: Rules) -> None:
        self.case, self.behaviour, self.rules = case, behaviour, rules
        self.players = {player.unit.id: player for player in players}
        codes = {owed.period for player in self.players.values() for owed in player.last_days}
        self._periods = {without_accents(Period.parse(code).label): code for code in codes}
        self._drafts: dict[tuple[str, int], bytes] = {}
        self._totals: dict[tuple[str, str], dict[str, float]] = {}
        self._due: dict[date, list[tuple[str, Owed, bool]]] = defaultdict(list)

    def read_mail(self, data: bytes) -> None:
        """Open a letter; only a draft and a leader's consolidated report set something off."""
        message = email.message_from_bytes(data)
        address = str(message["To"] or "").rpartition("<")[2].rstrip(">")
        unit_id = address.partition("@")[0]
        for part in message.walk():
            name = part.get_filename() or ""
            if name.endswith(".docx") and unit_id in self.players and name.startswith("Du thao"):
                self._take_on(unit_id, _content(part))
            elif name.endswith(".xlsx") and unit_id.startswith("lanh-dao."):
                label = name.removeprefix("Bao cao tong hop ").partition(" - ")[0]
                self._totals[unit_id.removeprefix("lanh-dao."), self._periods[label]] = _totals(_content(part))

    def take_up(self, drafts: Iterable[tuple[str, bytes]]) -> None:
        """Hand drafts to units that no letter brings one, by their ids."""
        for unit_id, draft in drafts:
            if unit_id in self.players:
                self._take_on(unit_id, draft)

    def days(self) -> list[date]:
        """The days on which something is to be sent."""
        return sorted(day for day, due in self._due.items() if due)

    def deliveries(self, day: date) -> list[Delivery]:
        """What is sent on ``day``, and on earlier days that nobody asked for; asked once."""
        found = []
        for each in [each for each in self.days() if each <= day]:
            for unit_id, owed, right in sorted(self._due.pop(each)):
                found.append(self._paper(self.players[unit_id], owed, right, day))
        return found

    def _take_on(self, unit_id: str, draft: bytes) -> None:
        paper = self._paper_of(draft)
        if (unit_id, paper) in self._drafts:
            return
        self._drafts[unit_id, paper] = draft
        player = self.players[unit_id]
        for owed in player.last_days:
            for sending in sendings(self.behaviour, player, owed) if owed.paper == paper else ():
                self._due[sending.day].append((unit_id, owed, sending.right))

    def _paper_of(self, draft: bytes) -> int:
        """Which of the case's papers a draft carries out: the one whose abstract it takes over."""
        if len(self.case.papers) == 1:
            return 0
        text = normalise(text_of(draft))
        said = [(len(paper.abstract), number) for number, paper in enumerate(self.case.papers)
                if normalise(paper.abstract) in text]  # fmt: skip
        return max(said)[1]

    def _paper(self, player: Player, owed: Owed, right: bool, day: date) -> Delivery:
        item, period, paper = owed
        unit_id, of = player.unit.id, f"-{paper + 1}" if paper else ""
        if item is Item.SUB_PLAN:
            name = f"ke-hoach-{period}{of}.docx"
            draft = self._drafts[unit_id, paper]
            data = signed_plan(draft, unit_id, day) if right else wrong_paper(player.unit.agency, unit_id)
        else:
            name = f"bao-cao-{period}{of}.xlsx"
            data = self._report(player, owed, filled=right)
        by_http = self.behaviour.by_http(unit_id)
        return Delivery(unit_id, item, period, name if right else f"nham-{name}", data, by_http, right)

    def _report(self, player: Player, owed: Owed, *, filled: bool) -> bytes:
        period, profile = Period.parse(owed.period), self.rules.profile_of(self.case.papers[owed.paper].abstract)
        indicators = self.rules.asked_of(player.unit, period.year, profile)
        values = {indicator.code: self._value(player, indicator, owed) for indicator in indicators} if filled else {}
        given = {code: value for code, value in values.items() if value is not None}
        evidence = {indicator.code: "Danh sách kèm theo" for indicator in indicators if indicator.checks.evidence}
        return write_report_form(indicators, player.unit, period, values=given, evidence=evidence)

    def _value(self, player: Player, indicator: Indicator, owed: Owed) -> Value | None:
        if indicator.type is IndicatorType.BOOLEAN:
            return True
        if indicator.type is not IndicatorType.COUNT or indicator.roll_up is not RollUp.SUM:
            return None
        if owed in player.fed_until:
            return int(self._totals.get((player.unit.id, owed.period), {}).get(indicator.code, 0))
        return self.behaviour.value(player.unit.id, indicator.code, owed.period)


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else _NO_DRAFT


def _totals(workbook: bytes) -> dict[str, float]:
    """Code → total, as the leader's workbook says on its first sheet."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    return {str(row[0]): float(row[3]) for row in rows[4:] if len(row) > 3 and isinstance(row[3], int | float)}
