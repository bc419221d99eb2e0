"""Whose plan a file is: as its letterhead says, on the plan's own date, or as a person says and it does not deny.

"UBND TỈNH TÂY NINH / SỞ NGOẠI VỤ" of 20/01/2020 is the department of that province on that day. Of two wards of one
name, or where the letterhead names nobody in the register, a person says which unit it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from plan_lifecycle.domain.audience import read_audience
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letterhead import Bearing, bearing
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.unit import TERRITORIAL, Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office, Register, province_named, unit_named
from plan_lifecycle.store import lineage as lineage_rows
from plan_lifecycle.store import units as unit_rows

_SAY_WHO = "đề nghị ghi rõ cơ quan ban hành"
_MOST_SHOWN = 5


def issuer_of(
    office: Office, plan: Plan, issued_on: date, file: str, *, province: str | None, unit: str | None, now: datetime
) -> Unit:
    """The unit that issued the plan, of those that exist at ``now``.

    ``unit`` names it, within ``province`` where both are given; ``province`` alone says that it is the province. Both
    None: the letterhead says. Raises InputError where that tells no unit, several, another one than was named, or one
    that had ended.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    asked = _Asked(Register(office), tree, plan, issued_on, file)
    if unit is None and province is None:
        return asked.by_letterhead()
    within = province_named(tree, province) if province else None
    issuer = asked.told(unit, within) if unit or within is None else within
    asked.require_own(office, issuer)
    return issuer


class _Asked:
    """One plan that is held against the units of its day, and of today."""

    def __init__(self, register: Register, tree: UnitTree, plan: Plan, issued_on: date, file: str) -> None:
        self._register, self._tree, self._file = register, tree, file
        self._head, self._symbol, self._on = plan.letterhead, plan.symbol, issued_on
        self._then = register.on(issued_on)

    def by_letterhead(self) -> Unit:
        """The one unit that the letterhead names."""
        if not self._head:
            raise self._unclear("nothing", f"Chưa đọc được tên cơ quan ban hành ở phần đầu văn bản; {_SAY_WHO}.")
        found = self._named()
        if len(found) > 1:
            shown = "; ".join(self._with_those_above(unit) for unit in found[:_MOST_SHOWN])
            vi = f"Văn bản mang tên {self._written}, có {len(found):02} đơn vị cùng tên: {shown}; {_SAY_WHO}."
            raise self._unclear(f"{self._head[-1]} ({shown})", vi)
        if not found:
            vi = f"Văn bản mang tên {self._written}, chưa có trong danh mục đơn vị; {_SAY_WHO} hoặc bổ sung danh mục."
            raise self._unclear(self._written, vi)
        return self._lasting(found[0])

    def told(self, name: str | None, within: Unit | None) -> Unit:
        """The unit of this id or name today. Raises InputError, also of one that has ended."""
        try:
            return unit_named(self._tree, name or "", within)
        except InputError:
            former = [unit for unit in self._register.called_so(name or "") if unit.id not in self._tree]
            if len(former) != 1:
                raise
            raise self._not_there(former[0]) from None

    def require_own(self, office: Office, issuer: Unit) -> None:
        """Raise InputError where the letterhead names another than the unit, or than what it came from."""
        with office.store.read() as connection:
            lineage = lineage_rows.load_lineage(connection, [issuer.id])
        stood = [origin.unit for origin in lineage.origins([issuer.id], self._on)]
        if not stood:
            raise self._not_there(issuer)
        told = {self._bearing(unit) for unit in stood}
        if Bearing.OWN not in told and (Bearing.SILENT not in told or self._is_another(stood)):
            vi = (
                f"Văn bản mang tên {self._written}, không phải {self._tree.named(issuer)}; "
                "đề nghị kiểm tra tệp và cơ quan ban hành đã chọn."
            )
            raise InputError(
                f"a plan of {self._tree.named(issuer)}", file=self._file, field="letterhead", found=self._written, vi=vi
            )

    @property
    def _written(self) -> str:
        """The letterhead as one reads it: "Sở Ngoại vụ (UBND tỉnh Tây Ninh)"."""
        *over, issuer = self._head or ("",)
        return f"{issuer} ({over[-1]})" if over else issuer

    def _bearing(self, unit: Unit) -> Bearing:
        return bearing(self._head, unit, tuple(self._then.above(unit)), self._symbol)

    def _is_another(self, stood: Sequence[Unit]) -> bool:
        """Whether a letterhead that tells nothing of these units is that of another: "Sở Ngoại vụ" of a province."""
        mentions = read_audience(self._head[-1]).mentions if self._head else ()
        if any(mention.name and mention.audience not in TERRITORIAL for mention in mentions):
            return True
        # an agency may write on the sheet of the committee that it belongs to
        own = {unit.id for each in stood for unit in (each, *self._then.above(each))}
        return any(unit.id not in own for unit in self._named())

    def _named(self) -> list[Unit]:
        return self._register.named(self._head, self._on) if self._head else []

    def _lasting(self, unit: Unit) -> Unit:
        """The unit itself where it existed on the plan's date and does today. Raises InputError."""
        if not unit.exists_on(self._on) or unit.id not in self._tree:
            raise self._not_there(unit)
        return self._tree[unit.id]

    def _not_there(self, unit: Unit) -> InputError:
        """The unit had ended, or did not exist yet, on the plan's date; or it has ended since."""
        name = self._register.called(unit.id, self._on)
        if unit.valid_to and unit.valid_to < max(self._on, self._tree.day):
            became = f"{name} chỉ hoạt động đến hết ngày {short_date(unit.valid_to)}"
        elif unit.valid_from and unit.valid_from > self._on:
            became = f"{name} hoạt động từ ngày {short_date(unit.valid_from)}, sau ngày ban hành kế hoạch"
        else:
            became = f"{name} chưa có trong danh mục đơn vị của ngày {short_date(self._tree.day)}"
        expected = f"a unit that exists on {self._on.isoformat()} and on {self._tree.day.isoformat()}"
        vi = f"Kế hoạch ban hành ngày {short_date(self._on)}: {became}; {_SAY_WHO}."
        return InputError(expected, file=self._file, field="unit", found=name, vi=vi)

    def _unclear(self, found: str, vi: str) -> InputError:
        expected = "a letterhead that names one unit, or the unit (--unit)"
        return InputError(expected, file=self._file, field="letterhead", found=found, vi=vi)

    def _with_those_above(self, unit: Unit) -> str:
        return ", ".join(each.name for each in (unit, *self._then.above(unit)))
