"""Agencies inside sentences: who owes something, to whom it is addressed, and which office takes it in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_UBND = r"(?:UBND|U[ỷỶyY] ban nhân dân|[ỦủUu]ỷ? ?[Bb]an nhân dân|Ủy ban nhân dân|ủy ban nhân dân)"
_NAMED = (
    rf"(?:{_UBND}|UBMTTQ|Ủy ban M|Mặt trận|HĐND|Hội đồng|Sở(?! hữu)|Phòng(?!,| chống| ngừa)|Ban(?! hành)"
    rf"|Văn phòng|Bộ(?! chỉ số| tiêu chí| phận| máy| mặt)|Chính phủ|Thủ tướng|Chi cục|Cục|Công an|Thanh tra"
    r"|Kho bạc|Trung tâm|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Thường trực|Chủ tịch|Hội(?! nghị| thảo| thi)"
    r"|Đoàn(?! kết)|Liên đoàn|Liên minh|Đài|Báo(?! cáo)|Bảo hiểm|Thuế|Tổ(?! chức))"
)
# An agency's name runs on over small words as long as what follows them is part of a name.
_STOP = (
    r"(?=\s*(?:[.;:()\n]|$)|\s*,(?!\s*(?:Thể thao|Lao động|Thương binh))|\s+(?:để|theo|trước|chậm|kết quả"
    r"|tình hình|về|định kỳ|hằng|hàng|trong|khi|tổng hợp|những|các nội dung|đúng|qua|thông qua|bằng|nhằm"
    r"|xem xét|chỉ đạo|phê duyệt|ban hành|xây dựng|báo cáo|việc|kế hoạch|muộn|vào|từ|đến|tại|làm|có|thực hiện"
    r"|tiến độ|số liệu|gửi|đồng thời|sau|kịp|cho|nội dung|công tác|danh sách|0?6 tháng|năm|quý|ngày|kèm"
    r"|và (?!Công|Du|Đào|Môi|Phát|Truyền|Xã|Nhiệt|Đầu|Thể|Gia|Dân|Tôn|Bộ|UBND|Ủy|Sở|Ban|Đô|Hạ)))"
)
_AGENCY = rf"{_NAMED}(?!\w)[^.;:()\n]{{0,120}}?{_STOP}"
_TO = regex(
    rf"(?:(?:[Gg]ửi|[Nn]ộp|chuyển|[Bb]áo cáo|trình|thông qua)(?:\s+(?:báo cáo|kết quả|văn bản|kế hoạch|về|cho"
    rf"|đến|lên|bằng văn bản)){{0,6}}|\bvề|\bđến|\bcho)\s+(?P<who>{_AGENCY})"
)
_THROUGH = regex(rf"(?<!thông )(?:thông\s+)?\bqua\s+(?P<who>{_AGENCY})")
_GROUP = (
    r"(?:[Cc]ác\s+(?!nội dung|nhiệm vụ|giải pháp|chỉ tiêu|mục tiêu|văn bản|hoạt động|chế độ|báo cáo|kế hoạch"
    r"|hình thức|quy định"
    r"|biện pháp|kết quả|vấn đề|tiêu chí|cơ chế|chính sách|chương trình|đề án|số liệu|thông tin|tin|ý kiến)\w+"
    r"|[Tt]hủ trưởng|[Nn]gười đứng đầu|[Gg]iám đốc|[Tt]rưởng (?:các )?(?:phòng|ban)|[Cc]ơ quan,|[Đđ]ơn vị,"
    r"|[Đđ]ề nghị)"
)
_VERB = (
    r"(?:căn cứ|có trách nhiệm|chịu trách nhiệm|chủ động|xây dựng|ban hành|định kỳ|báo cáo|tổng hợp|chủ trì"
    r"|triển khai|tổ chức|thực hiện|phối hợp|tham mưu|theo dõi|gửi"
    r"|hoàn thành|kiện toàn|tăng cường|tiếp tục|tập trung|rà soát|nghiêm túc|trên cơ sở|quan tâm|bố trí"
    r"|lồng ghép|hướng dẫn|kịp thời|đẩy mạnh|lập|chỉ đạo|quán triệt|phân công|giúp|là|gắn|hằng|hàng|trước"
    r"|chậm nhất|được)"
)
_SUBJECT = regex(rf"(?:^|[,:]\s+|\s)(?P<who>(?:{_GROUP}|{_NAMED}(?!\w))[^.:\n]{{0,220}}?)\s*,?\s+(?={_VERB}(?!\w))")
_INSTRUCTED = regex(
    r"(?:[Cc]hỉ đạo|[Đđ]ôn đốc|[Yy]êu cầu|[Hh]ướng dẫn|[Gg]iao)\s+"
    rf"(?P<who>(?:{_GROUP}|{_NAMED}(?!\w))[^.;:\n]{{0,220}}?)\s*,?\s+"
    r"(?=(?:chủ động\s+)?(?:xây dựng|ban hành|lập|hoàn thành)(?!\w))"
)
_URGED = regex(
    rf"(?:[Đđ]ôn đốc|[Yy]êu cầu|[Hh]ướng dẫn|[Đđ]ề nghị|[Gg]iao)\s+"
    rf"(?P<who>(?:{_GROUP}|{_NAMED}(?!\w))[^.;:\n]{{0,220}}?)\s*,?\s+"
    r"(?=(?:định kỳ\s+)?(?:báo cáo|gửi|tổng hợp)(?!\w))"
)
_OWING = regex(
    rf"(?:của|đối với|giao|cho)\s+(?P<who>(?:{_GROUP}|{_NAMED}(?!\w))[^.;:\n]{{0,220}}?)"
    r"(?=\s+(?:gửi|báo cáo|nộp|về|như sau|theo|cụ thể|phải)(?!\w)|\s*[.;:]|\s*$)"
)
_OPENERS = regex(
    r"^(?:(?:yêu cầu|đề nghị|giao|khuyến khích|riêng|đối với|trên cơ sở [^,;]{3,120}"
    r"|căn cứ [^,;]{3,120})\s*[:,]?\s*)+",
    re.I,
)
_TRIM = " ,;:.-–"


@dataclass(frozen=True, slots=True)
class Address:
    """To whom a paper is addressed, and through which office it goes; None where the sentence names none."""

    addressee: str | None
    office: str | None


def address_of(clause: str) -> Address:
    """ "gửi UBND tỉnh (qua Sở Nội vụ)" names both; "gửi về Sở Nội vụ" names the addressee only."""
    through = _THROUGH.search(clause)
    office = tidy(through["who"]) if through else None
    rest = (
        clause[: through.start()] + " " * (through.end() - through.start()) + clause[through.end() :]
        if through
        else clause
    )
    sent = _TO.search(rest)
    addressee = tidy(sent["who"]) if sent else None
    return Address(addressee, office)


def subject_of(clause: str) -> str | None:
    """Who acts in a clause, as written; None where the clause names nobody before its verb."""
    opener = _OPENERS.match(clause)
    bare = clause[opener.end() :] if opener else clause
    match = _SUBJECT.search(bare)
    if match is None or (match.start() > 0 and not _may_precede(bare[: match.start()])):
        return None
    return tidy(match["who"]) or None


def instructed_by(clause: str) -> str | None:
    """Who is told to act through another: "UBND huyện chỉ đạo UBND các xã xây dựng …" binds the communes."""
    match = _INSTRUCTED.search(clause)
    return tidy(match["who"]) if match else None


def told_by(clause: str) -> str | None:
    """Who is urged to report: "đôn đốc các đơn vị báo cáo về Sở Nội vụ" binds those units; None where nobody is."""
    match = _URGED.search(clause)
    return tidy(match["who"]) if match else None


def owing_in(line: str) -> str:
    """Who owes what a line announces: "Chế độ báo cáo của các sở gửi UBND tỉnh:"; empty where it names nobody."""
    subject = subject_of(line)
    match = None if subject else _OWING.search(line)
    return subject or (tidy(match["who"]) if match else heading_agency(line) if is_agency(line) else "")


def _may_precede(text: str) -> bool:
    """Only a time, or what the sentence rests on, stands before its subject."""
    form = normalise(text).strip(_TRIM)
    return bool(
        re.fullmatch(
            r"|(?:định kỳ|hằng|trước|chậm nhất|trong|căn cứ|trên cơ sở|ngoài ra|đồng thời|yêu cầu|đề nghị|giao"
            r"|theo|khi|sau|ngày|vào|và|riêng|để|quá trình)\b.*",
            form,
        )
    ) and not re.search(r"\b(?:báo cáo|gửi|xây dựng|ban hành)\b", form)


def is_agency(title: str) -> bool:
    """Whether a heading is the name of those who act below it: "9. Ủy ban nhân dân xã, phường"."""
    bare = _OPENERS.sub("", title).strip(_TRIM)
    return bool(re.match(rf"(?:{_GROUP}|{_NAMED}(?!\w))", bare)) and len(bare) <= 250


def heading_agency(title: str) -> str:
    """The agencies that a heading names, without "Đề nghị:"; of a sentence its subject."""
    subject = subject_of(title)
    if subject and len(title) > len(subject) + 25:
        return subject
    return tidy(_OPENERS.sub("", title))


def tidy(text: str) -> str:
    """One line without what surrounds a name."""
    return " ".join(text.split()).strip(_TRIM)
