"""What the columns of a task table hold, told from their headings in whatever words, order and number they come.

A heading is one phrase or two (a group over its parts: "Phân công" over "Chủ trì" and "Phối hợp"). What the words of
the lower one leave open, both together decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise


class Role(StrEnum):
    """What a column holds."""

    ORDINAL = "ordinal"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    BOTH = "lead and support"
    MONITOR = "monitor"
    DEADLINE = "deadline"
    OPENS = "opens"
    MARK = "mark"
    PRODUCT = "product"
    BUDGET = "budget"
    TARGET = "target"
    SCORE = "score"
    PERSON = "person"
    OTHER = "other"


# In order: the first that fits decides. Written over the normal form of the heading.
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.ORDINAL, r"^(?:s\s?tt|tt|t\s?t|số tt|số thứ tự|thứ tự|stt\.?|no\.?|#|mã số|mã nhiệm vụ|số)$"),
    (Role.OTHER, r"đơn vị tính|^đvt$|ghi chú|đơn giá|^lý do|căn cứ pháp lý|^cơ sở pháp lý|nơi nhận|địa điểm"
                 r"|địa bàn|hình thức|đối tượng|thành phần"
        r"|cấp (?:trình|ban hành|quyết định|phê duyệt)|cơ quan (?:ban hành|trình|phê duyệt|thẩm định)|lãnh đạo"
        r"|đánh giá|tình trạng|hướng dẫn"),
    (Role.SCORE, r"^(?:số )?điểm|điểm (?:chuẩn|tối đa|số|tự|thẩm định|đánh giá|đạt|thưởng|trừ|cộng)|thang điểm"
                 r"|trọng số"),
    (Role.PERSON, r"^họ (?:và )?tên|chức vụ|chức danh|năm sinh|giới tính|số điện thoại|^điện thoại|email"
                  r"|thư điện tử"),
    (Role.MONITOR, r"^(?!nội dung|nhiệm vụ|công việc|kết quả|thời |tình hình|tiến độ|kinh phí).*"
                   r"(?:theo dõi|đôn đốc|giám sát|(?<!được )kiểm tra)"),
    (Role.BOTH, r"chủ trì.*phối hợp|phối hợp.*chủ trì"),
    (Role.BUDGET, r"kinh phí|dự toán|ngân sách|vốn|thành tiền|nguồn lực tài chính"),
    (Role.SUPPORT, r"phối hợp|hỗ trợ|tham gia|cùng thực hiện"),
    (Role.OPENS, r"(?:thời (?:gian|điểm|hạn)|ngày|tháng|năm)?\s*bắt đầu|triển khai từ|^từ (?:ngày|tháng|năm)|^từ$"),
    (Role.DEADLINE, r"thời (?:gian|hạn|điểm)|tiến độ|lộ trình|^hạn |^hạn$|(?<!sản phẩm )(?<!kết quả )hoàn thành"
                    r"|kết thúc|mốc|kỳ hạn"
                    r"|^năm thực hiện|^đến (?:ngày|tháng|năm)|^ngày|^đến$|^quý$|^tháng$|^năm$|deadline"),
    (Role.LEAD, r"chủ trì|đầu mối|tham mưu|chịu trách nhiệm|phụ trách|trách nhiệm|phân công|giao (?:cho|nhiệm vụ)"
        r"|(?:đơn vị|cơ quan|tổ chức|người|bộ phận|cá nhân|công chức|phòng|ban|sở|địa phương"
        r"|chủ thể)[^.]{0,40}thực hiện"
        r"|^(?:thực hiện|đơn vị|cơ quan|cơ quan,? đơn vị|đơn vị,? cá nhân|bộ phận)$|đơn vị được giao"
        r"|cơ quan được giao"),
    (Role.MARK, r"^(?:quý\s*(?:[ivx]+|[1-4])|tháng\s*\d{1,2}|t\d{1,2}|q[1-4]|năm\s*20\d\d|20\d\d)(?:\s*(?:/"
                r"|năm)\s*20\d\d)?$"),
    (Role.TARGET, r"chỉ tiêu|mục tiêu|khối lượng|số lượng|tỷ lệ"),
    (Role.PRODUCT, r"sản phẩm|kết quả|đầu ra|văn bản hoàn thành"),
    (Role.CONTENT, r"nhiệm vụ|nội dung|công việc|giải pháp|hoạt động|đầu việc|hạng mục|phần việc|tên việc|việc"
                   r"|chuyên đề|tiêu chí|chủ đề|công tác|danh mục|tên"),
)  # fmt: skip
_PATTERNS = tuple((role, regex(pattern)) for role, pattern in _ROLES)
_WHO = (Role.LEAD, Role.SUPPORT, Role.MONITOR)
_SHARING = (*_WHO, Role.CONTENT, Role.TARGET, Role.DEADLINE, Role.PRODUCT, Role.BUDGET)
_AND = regex(r"\s*[,;/&+–-]\s*|\s+(?:và|kiêm)\s+")
# Half of a name ("Cơ quan, đơn vị chủ trì") is no heading of its own.
_HALF = regex(
    r"(?:các )?(?:cơ quan|đơn vị|cá nhân|bộ phận|tổ chức|địa phương|phòng|sở|ban|ngành|người|tập thể|thực hiện)"
)
_NUMBERS = regex(r"\(?(?:\d{1,2}|[a-h])\)?")
_ORDINAL = regex(r"[\dIVXLA-ZĐ]{1,4}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]?")
_LONGEST = 90
_LONGEST_OF_ALL = 500  # with what stands in brackets; no heading goes on beyond it


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a table's columns, and the headings they were told from (those of MARK columns are phrases).

    ``shared`` holds what a column holds whose heading names several things ("Cơ quan chủ trì, phối hợp"), in their
    order; nothing where it names one.
    """

    roles: tuple[Role, ...]
    headings: tuple[str, ...]
    shared: tuple[tuple[Role, ...], ...]

    def of(self, role: Role) -> list[int]:
        """The columns of that role alone, from the left."""
        return [index for index, found in enumerate(self.roles) if found is role and not self.shared[index]]

    def holding(self, role: Role) -> list[int]:
        """The columns that hold it, alone or with other things."""
        return [i for i, found in enumerate(self.roles) if found is role or role in self.shared[i]]

    def has(self, *roles: Role) -> bool:
        """Whether any of these roles is there, alone or in a shared column."""
        return any(self.holding(role) for role in roles)

    @property
    def tasks(self) -> bool:
        """Whether rows under these headings are tasks: something to do, and by whom, by when or with what result."""
        if self.has(Role.PERSON):
            return False
        asked = self.has(*_WHO, Role.BOTH, Role.DEADLINE, Role.MARK)
        if self.has(Role.SCORE):
            return asked and any(
                role is Role.CONTENT and "tiêu chí" not in normalise(self.headings[index])
                for index, role in enumerate(self.roles)
            )
        if self.has(Role.CONTENT):
            names = [normalise(h) for h, role in zip(self.headings, self.roles, strict=True) if role is Role.CONTENT]
            return asked or (
                self.has(Role.PRODUCT) and any("nhiệm vụ" in name or "công việc" in name for name in names)
            )
        return self.has(Role.TARGET) and self.has(Role.LEAD, Role.BOTH, Role.DEADLINE)


def role_of(heading: str) -> Role:
    """The role that one heading names; OTHER where it names none."""
    form = _form(heading)
    found = _role(form)
    if found is Role.OTHER and len(form) <= _LONGEST:  # "Thời gian, địa điểm"
        return next((role for part in _parts(form) if (role := _role(part)) in _SHARING), Role.OTHER)
    return found


def names_another(heading: str) -> bool:
    """Whether a heading names another thing that is known ("Ghi chú", "Cơ quan ban hành"), not an unknown one."""
    return any(role is Role.OTHER and pattern.search(_form(heading)) for role, pattern in _PATTERNS)


def roles_shared(heading: str) -> tuple[Role, ...]:
    """What a heading names that names several things, one of them by whom or by when; nothing where it names one."""
    form = _form(heading)
    if len(form) > _LONGEST or _role(form) in (Role.PERSON, Role.SCORE):
        return ()
    if _role(form) is Role.BOTH and not any(word in form for word in ("thời gian", "thời hạn", "sản phẩm", "theo dõi")):
        return (Role.LEAD, Role.SUPPORT)
    found = tuple(dict.fromkeys(role for part in _parts(form) if (role := _role(part)) in _SHARING))
    return found if len(found) > 1 and any(role in (*_WHO, Role.DEADLINE) for role in found) else ()


def _form(heading: str) -> str:
    form = normalise(heading[:_LONGEST_OF_ALL].replace("\n", " ")).strip(" .:*")
    return re.sub(r"\s*\((?!.*chủ trì|.*phối hợp)[^)]*\)", "", form).strip()


def _role(form: str) -> Role:
    if not form or len(form) > _LONGEST:
        return Role.OTHER
    return next((role for role, pattern in _PATTERNS if pattern.search(form)), Role.OTHER)


def _parts(form: str) -> list[str]:
    """The headings in one; the first half of a name goes with the rest of it ("Đơn vị, cá nhân chủ trì")."""
    parts = [part for part in (piece.strip(" .:*()") for piece in _AND.split(form.replace("(", ", "))) if part]
    whole = []
    for part, following in zip(parts, [*parts[1:], ""], strict=False):  # there may be none
        named = following and not _HALF.fullmatch(following) and _role(following) not in (*_WHO, Role.OTHER)
        if not _HALF.fullmatch(part) or (named and part != "thực hiện"):
            whole.append(part)
    return whole


def columns_of(rows: Sequence[Sequence[str]]) -> Columns:
    """The columns under one to three rows of headings; a heading merged over two rows counts once."""
    roles: list[Role] = []
    headings: list[str] = []
    shared: list[tuple[Role, ...]] = []
    for column in zip(*rows, strict=True):
        distinct = list(dict.fromkeys(text for text in column if text.strip()))
        role = role_of(distinct[-1]) if distinct else Role.OTHER
        if role in (Role.OTHER, Role.MARK) and len(distinct) > 1:
            above = role_of(" ".join(distinct))
            role = role if role is Role.MARK and above is not Role.BUDGET else above
        roles.append(role)
        headings.append(distinct[-1] if distinct else "")
        shared.append(roles_shared(headings[-1]))
    return Columns(tuple(_settled(roles, headings)), tuple(headings), tuple(shared))


def fitted(columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The columns corrected by the rows below them: numbers may stand in a column whose heading does not say so.

    Either "Nội dung" is merged over number and text, or the headings lack the one of the numbers and stand a place to
    the left of their columns.
    """
    roles, headings, shared = list(columns.roles), list(columns.headings), list(columns.shared)
    first = [row[0].strip() for row in rows[:60] if row and row[0].strip()]
    numbers = sum(_ORDINAL.fullmatch(text) is not None for text in first)
    if not roles or columns.has(Role.ORDINAL) or not first or numbers * 4 < len(first) * 3:
        return columns
    if len(roles) > 1 and roles[0] in (Role.CONTENT, Role.TARGET) and roles[1] is not roles[0]:
        if headings[-1].strip() and headings[-1] != headings[-2]:
            return columns
        roles, headings, shared = [Role.ORDINAL, *roles[:-1]], ["", *headings[:-1]], [(), *shared[:-1]]
    else:
        roles[0], shared[0] = Role.ORDINAL, ()
    return Columns(tuple(roles), tuple(headings), tuple(shared))


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3) …"""
    filled = [text.strip() for text in texts if text.strip()]
    return len(filled) > 2 and all(_NUMBERS.fullmatch(text) for text in filled) and len(set(filled)) == len(filled)


def is_heading(texts: Sequence[str]) -> bool:
    """Whether a row repeats headings rather than holds a task: most of its texts name a role, and none is long."""
    distinct = list(dict.fromkeys(text for text in texts if text.strip()))
    if len(distinct) < 3 or any(len(text) > _LONGEST for text in distinct):
        return False
    named = [role for role in map(role_of, distinct) if role is not Role.OTHER]
    return len(set(named)) >= 3 and len(named) * 3 >= len(distinct) * 2 and _apart(distinct)


def _apart(texts: Sequence[str]) -> bool:
    """Headings carry no agency, date or sentence of their own."""
    return not any(re.search(r"\d/\d|ubnd|^sở |^phòng |:\s|[.;]$", normalise(text)) for text in texts)


def _settled(roles: list[Role], headings: Sequence[str]) -> list[Role]:
    """Two columns may claim the lead: the one that says *chủ trì* keeps it, "đơn vị thực hiện" then supports."""
    leads = [index for index, role in enumerate(roles) if role is Role.LEAD]
    strong = [index for index in leads if "chủ trì" in normalise(headings[index])]
    if len(leads) > 1:
        kept = strong[0] if strong else leads[0]
        for index in leads:
            if index != kept and headings[index] != headings[kept]:
                roles[index] = Role.OTHER if Role.SUPPORT in roles else Role.SUPPORT
    contents = [index for index, role in enumerate(roles) if role is Role.CONTENT]
    if not contents and Role.TARGET not in roles:
        return roles
    tasks = [i for i in contents if re.search(r"nhiệm vụ|công việc|giải pháp|hoạt động", normalise(headings[i]))]
    if tasks and len(contents) > len(tasks):  # a criterion or a field beside the task
        for index in contents:
            if index not in tasks and re.search(r"tiêu chí|chủ đề|danh mục", normalise(headings[index])):
                roles[index] = Role.OTHER
    return roles
