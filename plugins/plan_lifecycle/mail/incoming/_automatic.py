"""Mail that no person wrote, told by its subject, its calendar or its words where no header was made for it.

"Trả lời tự động: Nhắc thời hạn gửi" with a duty roster attached is a mailbox's; "Kế hoạch trả lời tự động (chatbot)",
"Vắng mặt cán bộ đầu mối, xã gửi kế hoạch" and whatever begins with "Re:" are people's.
"""

from __future__ import annotations

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.mail.incoming._own_words import own_words_of
from plan_lifecycle.mail.incoming._reading import Reading

_BEGINS = r"(?i)^[^\w\[(]{0,3}(?:\[[^\]]{1,60}\]\s{0,3})?"
_BY_ITSELF = (
    r"(?:auto(?:matic(?:ally)?|mated)?[ -]?(?:generated )?(?:e-?mail )?(?:reply|response|responder|answer)|"
    r"(?:currently )?out[ -]of[ -](?:the[ -])?office(?: (?:auto[ -]?)?(?:reply|message|notification|response|notice))?|"
    r"ooo|(?:thư |email )?(?:trả lời|phản hồi|hồi âm|hồi đáp) tự động|"
    r"(?:thư |email )?tự động (?:trả lời|phản hồi|hồi âm|hồi đáp)|"
    r"automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|fuera de (?:la )?oficina|"
    r"risposta automatica|automatisch antwoord|autosvar|resposta automática|автоответ|автоматический ответ|"
    r"(?:thu )?(?:tra loi|phan hoi) tu dong|tu dong (?:tra loi|phan hoi)|"
    r"自動(?:応答|返信)|自动(?:回复|答复)|자동 ?(?:회신|응답)|"
    r"ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ|ຕອບກັບອັດຕະໂນມັດ|ឆ្លើយតបស្វ័យប្រវត្តិ)"
)
_BARE = r"(?:auto|(?:thư )?tự động)"
_AWAY = (
    r"(?:vacation(?: (?:reply|message|notice|response))?|away from (?:my|the) \w{1,20}|away|absence(?: notice)?|"
    r"i(?:'m| am) (?:away|out of (?:the )?office)|(?:currently )?on (?:annual |sick |maternity )?(?:leave|holiday)|"
    r"(?:thông báo |báo )?(?:tôi )?(?:hiện )?(?:đang )?(?:vắng mặt|đi vắng|nghỉ phép|đi công tác|ngoài văn phòng|"
    r"không có mặt tại (?:cơ quan|văn phòng))|"
    r"(?:thong bao )?(?:dang )?(?:vang mat|di vang|nghi phep|di cong tac)|"
    r"abwesen\w*|absence du|message d'absence|afwezig|不在)"
)
_ENDS = r"\s{0,9}(?:$|[:：])"
_TELLS_WHEN = r"re:|until\b|till\b|from\b|today\b|\d|từ\b|đến\b|tới\b|ngày\b|hết\b|hôm\b"
_ENDS_OR_TELLS_WHEN = rf"(?:\s{{0,9}}(?:$|[:：;,.!(\[–—-])|\s{{1,9}}(?:{_TELLS_WHEN}))"
_MACHINE_SUBJECT = regex(rf"{_BEGINS}(?:{_BY_ITSELF}{_ENDS}|[\[(]{_BY_ITSELF}\s{{0,3}}[\])])")
_MARKED_SUBJECT = regex(rf"(?i)^\W{{0,3}}[\[(]{_BY_ITSELF}\s{{0,3}}[\])]")
_MARKED_AT_END = regex(rf"(?i)(?<=[\s\w])[\[(]{_BY_ITSELF}\s{{0,3}}[\])]\s{{0,3}}$")
_AWAY_SUBJECT = regex(rf"{_BEGINS}{_AWAY}{_ENDS}")
_AUTO_SUBJECT = regex(rf"{_BEGINS}(?:{_BY_ITSELF}|{_BARE}|{_AWAY}){_ENDS_OR_TELLS_WHEN}")
_RECEIPT_SUBJECT = regex(
    rf"{_BEGINS}(?:not read|read(?: receipt)?|unread|displayed|xác nhận đã đọc|(?:đã xóa, )?chưa đọc|đã đọc|gelesen|lu|"
    r"leído)\s{0,9}[:：]"
)
_CALENDAR_SUBJECT = regex(
    rf"{_BEGINS}(?:(?:tentatively )?accepted|declined|tentative|cancell?ed|(?:updated )?invitation|"
    r"(?:đã |tạm )?chấp nhận|(?:đã )?từ chối|dự kiến|đã hủy|đã huỷ|lời mời)\s{0,9}[:：]"
)
_YOUR = r"(?:của (?:bạn|quý|ông|anh)|hỗ trợ|số|#)"
_DESK_SUBJECT = regex(
    rf"{_BEGINS}(?:(?:ticket|case|request|incident)\b[^:：]{{0,40}}\b(?:received|created|opened|registered|logged)\b|"
    r"received\s{0,3}$|(?:we (?:have )?)?received your (?:e-?mail|message|request|enquiry|inquiry|ticket)\b|"
    r"your (?:e-?mail|message|request|enquiry|inquiry|ticket|case)\b[^:：]{0,40}\b"
    r"(?:received|registered|created|logged)\b|"
    r"thank you for (?:contacting|your (?:e-?mail|message|request))\b|"
    rf"(?:yêu cầu|phiếu|thư|email|phản ánh)\b[^:：]{{0,20}}\s{_YOUR}[^:：]{{0,40}}\b"
    r"đã (?:được )?(?:tiếp nhận|ghi nhận|gửi|tạo)\b|"
    rf"(?:chúng tôi )?đã (?:tiếp nhận|nhận được|ghi nhận) (?:yêu cầu|phiếu|thư|email|phản ánh)\s{{1,3}}{_YOUR}|"
    r"cảm ơn (?:bạn|quý [^ ]{1,20}(?: [^ ]{1,20})?|anh/chị) đã (?:liên hệ|gửi (?:thư|yêu cầu|email)))"
)
_AUTO_WORDS = regex(
    r"(?i)\bđây là (?:thư|email|tin nhắn|phản hồi) (?:trả lời |phản hồi )?tự động\b|"
    r"\bthis is an? auto(?:mat(?:ed|ic)|matically generated)?[ -](?:reply|response|message|e-?mail)\b|"
    r"\b(?:vui lòng|xin) không (?:trả lời|phản hồi) (?:thư|email) này\b|\b(?:please )?do not reply to this\b"
)
_METHOD = regex(r"(?im)^METHOD:[ \t]{0,9}([A-Z]{3,20})\s{0,9}$")
_OF_A_MEETING = frozenset({"REPLY", "REQUEST", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH", "ADD"})
_COMMENT = regex(r"(?m)^COMMENT(?:;[^:\r\n]{0,200})?:[ \t]{0,9}\S")
_FEW_WORDS = 30


def by_subject(reading: Reading, *, brings: bool, answers: bool) -> bool:
    """Whether the subject is one that a mailbox, a calendar or a help desk gives by itself.

    ``brings``: documents go along; then only what no person titles a message counts. ``answers``: it stands in a
    thread.
    """
    subject = reading.header("subject")
    if _MACHINE_SUBJECT.match(subject) or (answers and brings and _AWAY_SUBJECT.match(subject)):
        return True
    told = (_AUTO_SUBJECT, _RECEIPT_SUBJECT, _DESK_SUBJECT)
    return not brings and any(pattern.match(subject) for pattern in told)


def by_mark(reading: Reading, *, brings: bool) -> bool:
    """Whether a mailbox put a mark for it before or behind what it answers: "[Trả lời tự động] Re: …"."""
    subject = reading.header("subject")
    return bool(_MARKED_SUBJECT.match(subject)) or (not brings and bool(_MARKED_AT_END.search(subject)))


def by_calendar(reading: Reading) -> bool:
    """Whether a calendar answers, invites or cancels, and nobody added a word.

    Our own ``.ics`` that comes back is published: it does none of these.
    """
    for part in reading.parts:
        if part.type == "text/calendar":
            written = _METHOD.search(part.text[:2000])
            if (written[1] if written else part.method).upper() in _OF_A_MEETING:
                return not _COMMENT.search(part.text)
    return bool(_CALENDAR_SUBJECT.match(reading.header("subject"))) and len(own_words_of(reading)) <= _FEW_WORDS


def by_words(reading: Reading) -> bool:
    """Whether the message says of itself that nobody wrote it; what it quotes says nothing."""
    return bool(_AUTO_WORDS.search(own_words_of(reading)[:3000]))
