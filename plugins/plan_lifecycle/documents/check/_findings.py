"""What the checker says: findings, each with its rule, and the articles that the rules rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

ERROR, WARNING = "error", "warning"
_DECREE = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, "
_SHOWN_PLACES = 3
_SHOWN_TEXT = 90


class Rule(NamedTuple):
    """What a rule is about, as users read it, and where it is written."""

    title: str
    article: str


def _rule(title: str, article: str) -> Rule:
    return Rule(title, _DECREE + article)


RULES = {
    "page.size": _rule("Khổ giấy", "mục I, khoản 1"),
    "page.orientation": _rule("Kiểu trình bày", "mục I, khoản 2"),
    "page.margin.top": _rule("Lề trên", "mục I, khoản 3"),
    "page.margin.bottom": _rule("Lề dưới", "mục I, khoản 3"),
    "page.margin.left": _rule("Lề trái", "mục I, khoản 3"),
    "page.margin.right": _rule("Lề phải", "mục I, khoản 3"),
    "page.margin.mirror": _rule("Lề trang in hai mặt", "mục I, khoản 3"),
    "font.family": _rule("Phông chữ", "mục I, khoản 4"),
    "font.encoding": _rule("Bộ mã ký tự", "mục I, khoản 4"),
    "font.colour": _rule("Màu chữ", "mục I, khoản 4"),
    "page.number": _rule("Số trang", "mục I, khoản 7"),
    "national.name": _rule("Quốc hiệu", "mục II, khoản 1, điểm a"),
    "motto": _rule("Tiêu ngữ", "mục II, khoản 1, điểm b"),
    "motto.rule": _rule("Đường kẻ dưới Tiêu ngữ", "mục II, khoản 1, điểm b"),
    "superior.agency": _rule("Tên cơ quan chủ quản trực tiếp", "mục II, khoản 2"),
    "issuing.agency": _rule("Tên cơ quan ban hành", "mục II, khoản 2, điểm b"),
    "issuing.rule": _rule("Đường kẻ dưới tên cơ quan ban hành", "mục II, khoản 2, điểm b"),
    "number": _rule("Số, ký hiệu", "mục II, khoản 3, điểm c"),
    "number.type": _rule("Ký hiệu theo tên loại", "mục II, khoản 3, điểm b"),
    "date": _rule("Địa danh và thời gian ban hành", "mục II, khoản 4, điểm c"),
    "date.padding": _rule("Ngày, tháng ban hành", "mục II, khoản 4, điểm b"),
    "date.format": _rule("Thời gian ban hành", "mục II, khoản 4, điểm b"),
    "date.place": _rule("Địa danh", "mục II, khoản 4, điểm a"),
    "type.name": _rule("Tên loại văn bản", "mục II, khoản 5, điểm b"),
    "abstract": _rule("Trích yếu nội dung", "mục II, khoản 5, điểm b"),
    "abstract.rule": _rule("Đường kẻ dưới trích yếu", "mục II, khoản 5, điểm b"),
    "legal.bases": _rule("Căn cứ ban hành", "mục II, khoản 6, điểm a"),
    "heading": _rule("Phần, mục, điều, khoản, điểm", "mục II, khoản 6, điểm đ"),
    "body": _rule("Nội dung văn bản", "mục II, khoản 6, điểm e"),
    "body.end": Rule(
        "Dấu kết thúc nội dung", "Nghị định 30/2020/NĐ-CP, Phụ lục III, mục II, các mẫu trình bày văn bản hành chính"
    ),
    "signature": _rule("Chức vụ, họ tên người ký", "mục II, khoản 7"),
    "signature.authority": _rule("Quyền hạn của người ký", "mục II, khoản 7, điểm b"),
    "signature.office": _rule("Chức vụ của người ký", "mục II, khoản 7, điểm c"),
    "signature.name": _rule("Họ và tên người ký", "mục II, khoản 7, điểm c"),
    "addressee": _rule("Kính gửi", "mục II, khoản 9, điểm d"),
    "addressee.missing": _rule("Kính gửi", "mục II, khoản 9, điểm b"),
    "recipients.title": _rule("Từ “Nơi nhận”", "mục II, khoản 9, điểm d"),
    "recipients.list": _rule("Phần liệt kê nơi nhận", "mục II, khoản 9, điểm d"),
    "recipients.as_above": _rule("Phần liệt kê nơi nhận", "mục II, khoản 9, điểm b"),
    "recipients.archive": _rule("Dòng lưu văn bản", "mục II, khoản 9, điểm d"),
    "annex.reference": _rule("Chỉ dẫn về Phụ lục", "mục III, khoản 1, điểm a"),
    "annex.number": _rule("Số thứ tự của Phụ lục", "mục III, khoản 1, điểm a"),
    "annex.heading": _rule("Từ “Phụ lục”", "mục III, khoản 1, điểm b"),
    "annex.title": _rule("Tên Phụ lục", "mục III, khoản 1, điểm b"),
    "annex.attachment": _rule("Thông tin chỉ dẫn kèm theo", "mục III, khoản 1, điểm c"),
    "annex.page_number": _rule("Số trang của Phụ lục", "mục III, khoản 1, điểm đ"),
    "spelling": Rule("Chính tả thống nhất", "Thông lệ soạn thảo: một cách viết trong cùng một văn bản"),
}


def rule_of(slug: str) -> Rule:
    """The rule behind a slug: that of the slug itself, or of the longest slug that begins it."""
    while slug not in RULES:
        slug = slug.rpartition(".")[0]
    return RULES[slug]


@dataclass(frozen=True, slots=True)
class Finding:
    """One deviation. ``rule`` is a stable slug; ``severity`` is ``error``, or ``warning`` for what offices are known to
    write and may stand; ``found``, ``expected``, ``where`` and ``article`` are Vietnamese.
    """

    rule: str
    severity: str
    found: str
    expected: str
    where: str
    article: str


@dataclass(slots=True)
class Report:
    """Gathers findings; the same deviation in several places is one finding that names the places."""

    draft: bool = False
    _places: dict[tuple[str, str, str, str], list[str]] = field(default_factory=dict)

    def note(self, rule: str, found: str, expected: str, where: object, *, warning: bool = False) -> None:
        """Add a deviation; ``where`` is a Place or a word such as ``trang``."""
        key = (rule, WARNING if warning else ERROR, shorten(found) or "không có nội dung", expected)
        places = self._places.setdefault(key, [])
        if str(where) not in places:
            places.append(str(where))

    def findings(self) -> tuple[Finding, ...]:
        """All findings, errors and warnings, in the order in which they were made."""
        return tuple(
            Finding(rule, severity, found, expected, _listed(places), rule_of(rule).article)
            for (rule, severity, found, expected), places in self._places.items()
        )


def shorten(text: str) -> str:
    """One line of at most 90 characters."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + "…"


def quoted(text: str) -> str:
    """The text as found, shortened, in quotation marks."""
    return f"“{shorten(text)}”"


def measure(number: float) -> str:
    """A number with a decimal comma and no needless digits."""
    return f"{round(number, 2):g}".replace(".", ",")


def _listed(places: list[str]) -> str:
    shown = "; ".join(places[:_SHOWN_PLACES])
    rest = len(places) - _SHOWN_PLACES
    return f"{shown} và {rest} chỗ khác" if rest > 0 else shown
