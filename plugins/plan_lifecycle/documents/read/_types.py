"""The types of administrative documents (Nghị định 30/2020/NĐ-CP, Điều 7), so that no report passes for a plan."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.domain.plan import PaperType
from plan_lifecycle.domain.text import normalise, without_accents

_NAMES = (
    "Kế hoạch", "Quyết định", "Báo cáo", "Tờ trình", "Thông báo", "Chỉ thị", "Nghị quyết", "Hướng dẫn", "Chương trình",
    "Đề án", "Phương án", "Dự án", "Quy chế", "Quy định", "Thông cáo", "Biên bản", "Hợp đồng", "Công điện", "Giấy mời",
    "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển",
    "Phiếu báo", "Phiếu trình", "Thư công", "Công văn", "Thông tư", "Nghị định", "Kết luận", "Sơ yếu lý lịch",
    "Lý lịch", "Đơn xin việc", "Đơn", "Giấy xác nhận", "Danh sách", "Công bố",
)  # fmt: skip
_FORMS = {normalise(name): name for name in _NAMES}
_COMPACT = {form.replace(" ", ""): name for form, name in _FORMS.items()}
_PLAIN = {without_accents(form): name for form, name in _FORMS.items()}
_PLAIN_PLAN = "ke hoach"
_KINDS = frozenset({"liên tịch", "phối hợp", "liên ngành"})  # of the type, not of the abstract
PLAN, DECISION = PaperType.PLAN, PaperType.DECISION


@dataclass(frozen=True, slots=True)
class Type:
    """A document's type, and what follows it on its own line ("KẾ HOẠCH Cải cách hành chính năm 2023")."""

    name: str
    rest: str = ""


def type_of(line: str, emphasised: bool) -> Type | None:
    """The type that a line of the head names: alone, letter-spaced, or in capitals before the abstract."""
    bare = line.strip(' .:*-–"“”')
    form = normalise(bare)
    name = _FORMS.get(form) or _COMPACT.get(form.replace(" ", ""))
    if name is None and bare.isupper():  # "KẾ HOACH": capitals lose their tones
        name = _PLAIN.get(without_accents(form))
    if name is not None:
        return Type(name) if emphasised or bare.isupper() or len(bare) == len(name) else None
    for known, name in _FORMS.items():
        if form.startswith(known + " ") and (bare[: len(known)].isupper() or (emphasised and name == PLAN)):
            if name == "Đơn":
                continue
            rest = bare[len(known) :].strip(" :-–")
            return Type(name, "" if normalise(rest) in _KINDS else rest)
    if bare.isupper() and without_accents(form).startswith(f"{_PLAIN_PLAN} "):
        return Type(PLAN, bare[len(_PLAIN_PLAN) :].strip(" :-–"))
    return None
