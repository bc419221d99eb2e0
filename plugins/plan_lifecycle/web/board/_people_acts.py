"""The acts on the people of one unit: add, correct, replace, away until a day, end, confirm, and take back."""

from __future__ import annotations

from datetime import date

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.pausing import Absence
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.lifecycle.people import (
    PersonGiven,
    add_person,
    change_person,
    end_person,
    forget_person,
    people_of_unit,
    replace_person,
    undo_change,
)
from plan_lifecycle.lifecycle.portal import decide_contact
from plan_lifecycle.lifecycle.remind import come_back, confirm_contact, stand_in
from plan_lifecycle.store.people import PersonRow
from plan_lifecycle.web.board._acting import Act
from plan_lifecycle.web.board._given import Given

GONE = "Không có người liên hệ này trong đơn vị; đề nghị tải lại trang."


def _given(given: Given) -> PersonGiven:
    """The person that the form tells of. Raises InputError for a role that is none."""
    role = next((role for role in ContactRole if role.value == given.text("vai_tro")), None)
    if role is None:
        raise InputError("a role", field="vai_tro", found=given.text("vai_tro"), vi="Đề nghị chọn vai trò.")
    texts = (given.text(name) for name in ("ho_ten", "thu", "dien_thoai", "nguoi_thay"))
    return PersonGiven(role, *texts)


def _by(given: Given) -> Decider:
    return Decider(given.who.name, given.text("ly_do_rieng") or None)


def _person(given: Given) -> PersonRow:
    """The person whom the form is about, of the unit in the address. Raises InputError."""
    people = people_of_unit(given.office, given.place["unit_id"], given.now)
    found = next((one for one in (*people.now, *people.other) if str(one.id) == given.text("nguoi")), None)
    if found is None:
        raise InputError("a person of the unit", field="nguoi", found=given.text("nguoi"), vi=GONE)
    return found


def _day(given: Given, name: str, otherwise: date) -> date:
    return given.day(name) or otherwise


def _add(given: Given) -> None:
    add_person(given.office, given.place["unit_id"], _given(given), _by(given), given.now)


def _change(given: Given) -> None:
    person = _person(given)
    change_person(given.office, person.id, _given(given), _by(given), given.now, seen=given.number("da_xem"))


def _replace(given: Given) -> None:
    since = _day(given, "tu_ngay", given.now.date())
    replace_person(given.office, _person(given).id, _given(given), since, _by(given), given.now)


def _end(given: Given) -> None:
    end_person(given.office, _person(given).id, given.until(), _by(given), given.now)


def _away(given: Given) -> None:
    first, decider = _day(given, "tu_ngay", given.now.date()), given.in_own_words()
    substitute = given.text("nguoi_thay") or None
    absence = Absence(_person(given).email, first, given.until(), substitute, decider.by, decider.why)
    if not stand_in(given.office, absence, given.now):
        raise InputError("an absence that is not known", field="den_ngay", vi="Đã có ghi nhận đi vắng này.")


def _back(given: Given) -> None:
    come_back(given.office, _person(given).email, _by(given), given.now)


def _in_use(given: Given) -> None:
    confirm_contact(given.office, _person(given).email, given.now, by=_by(given))


def _confirm(given: Given) -> None:
    _decide(given, confirm=True)


def _decline(given: Given) -> None:
    _decide(given, confirm=False)


def _decide(given: Given, *, confirm: bool) -> None:
    number, unit_id = given.number("de_xuat"), given.place["unit_id"]
    if number not in {one.id for one in people_of_unit(given.office, unit_id, given.now).proposed}:
        vi = "Đề nghị này đã được xử lý trước đó."
        raise InputError("a waiting proposal of the unit", field="de_xuat", found=number, vi=vi)
    decide_contact(given.office, number, _by(given), given.now, confirm=confirm)


def _forget(given: Given) -> None:
    decider = given.in_own_words()
    forget_person(given.office, _person(given).id, Decider(decider.by, decider.why), given.now)


def _undo(given: Given) -> None:
    undo_change(given.office, given.place["unit_id"], given.number("thay_doi"), _by(given), given.now)


PEOPLE_ACTS: dict[str, Act] = {
    "them-nguoi": _add,
    "sua-nguoi": _change,
    "thay-nguoi": _replace,
    "thoi-phu-trach": _end,
    "di-vang": _away,
    "tro-lai": _back,
    "con-dung": _in_use,
    "xac-nhan-nguoi": _confirm,
    "khong-xac-nhan": _decline,
    "bo-thay-doi": _undo,
    "an-danh": _forget,
}
"""By the address that a form is sent to."""
