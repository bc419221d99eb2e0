"""Where a file belongs that came without a word of whose it is: by its letterhead, number, date and subject.

A plan lies in the inbox itself: "UBND XÃ BÌNH AN, số 07/KH-UBND, Bình An, ngày 20/02/2023". One unit has this name,
owes a plan of that year, and nothing in the paper speaks of another: it is filed there, and says by what. Where
anything is in doubt (two units of one name, another place, the addressee's own heading) it is proposed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plan_lifecycle.documents.read import Heading
from plan_lifecycle.domain.audience import name_key, proper_name
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.collect._whose import AWAITED
from plan_lifecycle.lifecycle.office import MOST_NAMED, Desk, UnitNames
from plan_lifecycle.lifecycle.submission import (
    Judged,
    Superiors,
    Upload,
    belongs_elsewhere,
    form_marks,
    heading_told,
    item_called,
)
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.guesses import Guess


@dataclass(frozen=True, slots=True)
class PaperSays:
    """What a file says of where it belongs. ``units`` are those whose it may be; ``owed`` what it may be for, of one
    unit and item, where nothing speaks against it; ``why`` what was read, or what is not clear, for people.
    ``of_sender``: the sender said whose it is, and not what."""

    units: tuple[Unit, ...] = ()
    item: Item | None = None
    period: str = ""
    owed: tuple[Obligation, ...] = ()
    why: str = ""
    nothing_owed: bool = False
    of_sender: bool = False

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What a person is asked about, and nobody reminded of."""
        return tuple(Guess(unit.id, self.item.value if self.item else "", self.period) for unit in self.units)


def said_by_paper(desk: Desk, superiors: Superiors, arrival: StoredArrival, upload: Upload) -> PaperSays:
    """Read whose a file is and what it is for. ``arrival`` names no unit that exists, or no item."""
    claimed = desk.tree.get(arrival.unit_id)
    marks = form_marks(desk.office, upload.data)
    if marks is not None:
        return _form(desk.tree, claimed, *marks)
    heading = heading_told(desk.office, upload.data)
    if heading is None or not (heading.letterhead or claimed):
        return PaperSays()
    item = item_called(heading)
    units = (claimed,) if claimed else _named(desk, superiors, arrival, heading)
    written = _written(heading)
    if not 0 < len(units) <= MOST_NAMED:
        several = f", có {len(units):02} đơn vị cùng tên" if units else ", chưa có trong danh mục đơn vị"
        return PaperSays(why=f"phần đầu văn bản ghi {written}{several}" if heading.letterhead else "")
    says = PaperSays(units, item, why=f"phần đầu văn bản ghi {written}", of_sender=claimed is not None)
    doubt = next(_against(desk, units, arrival, heading, claimed), None)
    if doubt is not None:
        return replace(says, why=f"{says.why}; {doubt}" if heading.letterhead else doubt)
    with desk.office.store.read() as connection:
        known = obligation_rows.owed_by(connection, [units[0].id])
    still = tuple(one for some in known.values() for one in some if one.state in AWAITED and one.item is item)
    if not still:
        what = "kế hoạch" if item is Item.SUB_PLAN else "báo cáo"
        return replace(says, why=f"{says.why}; đơn vị chưa có {what} phải gửi", nothing_owed=True)
    return replace(says, owed=still)


def only_fitting(judged: Judged, owed: Sequence[Obligation]) -> list[Obligation]:
    """Those of what may be meant that the file's own content does not deny: another year, another period, another's."""
    return [one for one in owed if one.id in judged.checked and not belongs_elsewhere(judged.checked[one.id])]


def with_source(judged: Judged, says: PaperSays) -> Judged:
    """Note with each submission by what it was placed."""
    unit = says.units[0]
    told = "không kèm tên nội dung phải gửi" if says.of_sender else "không kèm thông tin nơi gửi"
    text = f"Tệp được gửi {told}; được xếp cho {unit.agency} vì {says.why}."
    source = Finding(Rule.PAPER_PLACED, text, blocks=False, about=unit.id)
    checked = {key: replace(read, findings=(*read.findings, source)) for key, read in judged.checked.items()}
    return replace(judged, checked=checked)


def _form(tree: UnitTree, claimed: Unit | None, unit_id: str, period: str) -> PaperSays:
    """Our own form names unit and period; whoever copies a neighbour's copies that too, so a person is asked."""
    unit = tree.get(unit_id)
    if unit is None or (claimed is not None and claimed.id != unit_id):
        return PaperSays()
    return PaperSays((unit,), Item.REPORT, period, why=f"biểu số liệu được lập cho {tree.named(unit)}")


def _named(desk: Desk, superiors: Superiors, arrival: StoredArrival, heading: Heading) -> tuple[Unit, ...]:
    """The units of today that the letterhead names, as they were called on the paper's date."""
    day = heading.issued_on or arrival.received_at.astimezone(LOCAL).date()
    return tuple(unit for unit in superiors.register.named(heading.letterhead, day) if unit.id in desk.tree)


def _against(
    desk: Desk, units: Sequence[Unit], arrival: StoredArrival, heading: Heading, claimed: Unit | None
) -> Iterator[str]:
    """What speaks against filing it for the one unit by itself, the weightiest first."""
    tree, unit = desk.tree, units[0]
    if len(units) > 1:
        yield f"có {len(units):02} đơn vị cùng tên: {'; '.join(map(tree.named, units))}"
    if item_called(heading) is None:
        yield "chưa rõ là kế hoạch hay báo cáo"
    if claimed is not None:
        return  # the sender says whose it is; whether the letterhead agrees is judged like every submission
    said = (("số, ký hiệu", heading.reference), ("ngày ban hành", heading.issued_on))
    if lacking := [what for what, value in said if value is None]:
        yield f"chưa đọc được {' và '.join(lacking)}"
    elif heading.reference and not _own_symbol(unit, heading.reference):
        yield f"số {heading.reference} không mang ký hiệu của {tree.named(unit)}"
    if heading.place and not _own_place(tree, unit, heading.place):
        yield f"nơi ban hành ghi “{heading.place}”"
    if heading.to and unit in UnitNames(tree).named_in(heading.to):
        yield f"văn bản kính gửi chính {tree.named(unit)}"
    if arrival.unit_id and unit not in UnitNames(tree).named_in(arrival.unit_id):
        yield f"nơi gửi ghi “{arrival.unit_id}”"
    others = [one for one in _told_besides(tree, arrival, heading) if not _of_its_own(tree, one, unit)]
    if others:
        yield f"tên tệp hoặc trích yếu nêu {'; '.join(map(tree.named, others[:MOST_NAMED]))}"
    if heading.reference and _known_plan(desk, unit, heading):
        yield f"kế hoạch số {heading.reference} của {tree.named(unit)} đã có trong danh sách kế hoạch"


def _own_symbol(unit: Unit, reference: str) -> bool:
    """Whether the number bears the letters of the agency: "KH-UBND" a committee's, "KH-SNV" a department's own."""
    last = normalise(reference).rpartition("-")[2]
    if unit.territorial:
        return last == "ubnd"
    return last != "ubnd" and unit.symbol is not None and last == normalise(unit.symbol)


def _own_place(tree: UnitTree, unit: Unit, place: str) -> bool:
    """Whether the place of issue is the unit's own: a committee's its territory, an agency's that of its committee."""
    over = (unit,) if unit.territorial else tuple(above for above in tree.above(unit) if above.territorial)
    own = {proper_name(name_key(one.name)) for one in over}
    return proper_name(name_key(place)) in own


def _told_besides(tree: UnitTree, arrival: StoredArrival, heading: Heading) -> list[Unit]:
    """The units that the file's name or its subject speak of."""
    return UnitNames(tree).named_in(f"{arrival.file_name} ; {heading.abstract or ''}")


def _of_its_own(tree: UnitTree, other: Unit, unit: Unit) -> bool:
    """Whether a unit that is spoken of is the unit itself or stands above it."""
    return other.id == unit.id or any(above.id == other.id for above in tree.above(unit))


def _known_plan(desk: Desk, unit: Unit, heading: Heading) -> bool:
    """Whether the paper is a plan of the unit's that was cascaded: whoever was sent it sends it back."""
    with desk.office.store.read() as connection:
        found = plan_rows.find_plans(connection, heading.reference or "")
    return any((plan.issuer_id, plan.issued_on) == (unit.id, heading.issued_on) for plan in found)


def _written(heading: Heading) -> str:
    """The head as one reads it: "“UBND xã Bình An”, số 07/KH-UBND ngày 20/02/2023"."""
    head = f"“{' / '.join(heading.letterhead)}”"
    number = f", số {heading.reference}" if heading.reference else ""
    return head + number + (f" ngày {short_date(heading.issued_on)}" if heading.issued_on else "")
