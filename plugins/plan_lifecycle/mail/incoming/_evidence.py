"""Who wrote a message: a mail system, an absent officer's mailbox, a list, or a person who owes something."""

from __future__ import annotations

import re
from email.utils import parseaddr

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.mail.incoming._automatic import by_calendar, by_mark, by_subject, by_words
from plan_lifecycle.mail.incoming._reading import Part, Reading

_DAEMON_MAILBOX = regex(
    r"(?i)^(?:mail(?:er)?[-_.]?daemons?|po+st[-_.]?master|mdaemon|mailsystem|mail[-_.]?delivery(?:[-_.][\w.-]*)?|"
    r"mailadm|(?:mail)?bounces?(?:[-+=][^@]*)?|undeliver\w*|nondelivery)(?=@|$)"
)
_DAEMON_NAME = regex(
    r"(?i)mail(?:er)?[ -]?daemon|mail deliver\w* (?:sub)?s(?:ystem|ervice)|delivery (?:sub)?system|post ?master|"
    r"content[- ]filter|interscan|spam firewall|bulk email filter|mail administrator|system administrator|"
    r"microsoft outlook$|mail server|mail filter|mail system|quản trị hệ thống thư"
)
_REPLY_PREFIX = regex(
    r"(?i)^(?:\[[^\]]{1,60}\]\s*)*(?:re|aw|sv|antw|rv|res|trả lời|tr|tl|phản hồi)(?:\[\d+\])?\s*[:：]"
)
_FORWARD_PREFIX = regex(r"(?i)^(?:\[[^\]]{1,60}\]\s*)*(?:fwd?|wg|tr|rv|chuyển tiếp|ct|f/?w)\s*[:：]")
_FAILURE_SUBJECT = regex(
    r"(?i)undeliver(?:ed|able|y)|non[- ]?deliver|deliver\w* (?:status|fail|problem|report|notif|has been|error)|"
    r"delivery_failure|mail deliver|failure (?:notice|delivery)|fail(?:ed|ure) (?:delivery|mail)|"
    r"mail (?:could not|not be|system error|fail)|return(?:ed|ing) (?:mail|message|e-?mail)|returned to sender|"
    r"message (?:delivery|delayed|you sent blocked|blocked|not delivered|undelivered)|delivery (?:delayed|warning)|"
    r"(?:could|was|can) ?not (?:be )?(?:sent|delivered)|error sending|warning: (?:could not|message)|"
    r"reject(?:ed)? (?:mail|message)|mail rejected|not member|bounce|errors from|ndn:|\bndr\b|"
    r"non remis|échec|unzustellbar|nicht zugestellt|no se (?:puede|pudo) entregar|niet besteld|niet afgeleverd|"
    r"не доставлен|недоставлен|未送達|配信|エラー|送信.{0,6}(?:失敗|できません)|退信|退回|"
    r"không (?:thể )?(?:gửi|chuyển|phát|phân phối) (?:được|đi)|thư bị trả (?:lại|về)|gửi thư không thành công|"
    r"thư (?:của bạn )?(?:không được|chưa được) (?:gửi|phân phát|chuyển|phân phối)|chưa gửi được thư|thư chưa gửi được|"
    r"lỗi gửi (?:thư|e-?mail)|hộp thư (?:đã )?(?:bị )?đầy|thư (?:đang )?bị trì hoãn|khong (?:the )?gui duoc"
)
_FAILURE_BEGINS = regex(
    r"(?i)^\W{0,3}(?:undeliver(?:ed|able)(?: mail returned to sender| message)?|mail delivery (?:fail\w*|system)|"
    r"delivery status notification|delivery failure|returned mail|failure notice|ndr|(?:thư )?không gửi được(?: thư)?|"
    r"gửi thư (?:không thành công|thất bại)|thư bị trả (?:lại|về))\s{0,9}(?:$|[:：(])"
)
_FAILURE_TEXT = regex(
    r"(?i)could not be (?:delivered|sent)|(?:un|not )able to deliver|can ?not (?:be )?deliver|couldn'?t deliver|"
    r"not (?:be )?delivered|was not delivered|undeliver|delivery .{0,40}fail|fail\w* .{0,30}deliver|"
    r"did ?n[o']t reach|following (?:address|recipient)|had (?:delivery |permanent )|message (?:was )?rejected|"
    r"created automatically by (?:the )?mail|this is the mail (?:system|delivery)|qmail-send|"
    r"returned to (?:you|sender)|message returned|returned message|permanent (?:error|failure)|transcript of session|"
    r"error (?:message|was|has|while|in|occurred|delivering)|invalid (?:user|recipient)|recipient address rejected|"
    r"user unknown|unknown user|no such user|account is disabled|blocked by|not relayed|has been delayed|is delayed|"
    r"reporting-mta|final-recipient|diagnostic-code|failed address|failure reasons?|not a member|failed after|"
    r"said: [45]\d\d|^\W*[45]\d\d[ -][45]\.\d|送信できません|配信でき|失敗しました|не может быть доставлено|"
    r"nicht zugestellt|n'a pas pu être|no (?:se )?(?:ha )?pud?o entregar|"
    r"không (?:thể )?(?:gửi|chuyển|phát|phân phối|phân phát) (?:thư |e-?mail )?(?:được|đến|tới)|"
    r"(?:không|chưa) (?:được )?(?:gửi|phân phát|chuyển) được|hộp thư [^.\n]{0,30}đầy|người nhận không tồn tại|"
    r"(?:tài khoản|hộp thư)[^.\n]{0,30}(?:bị khóa|ngừng hoạt động|không tồn tại)|khong (?:the )?gui (?:thu )?duoc|"
    r"google groups|groups\.google"
)
_AUTO_HEADERS = (
    *("x-autoreply", "x-auto-reply", "x-autorespond", "x-auto-respond", "x-autoresponder", "x-autoresponse"),
    *("x-autoreply-from", "x-auto-response", "x-mail-autoreply", "x-mailautoreply", "x-vacation", "x-autoreplied"),
)
_NAMING_HEADERS = ("precedence", "delivered-to", "x-post-messageclass", "x-mailer", "x-apple-action")
_NAMED_AUTOMATIC = regex(r"(?i)auto[-_ ]?(?:reply|responder|response)|vacation")
_AUTO_MAILBOX = regex(r"(?i)^(?:auto-?(?:reply|responder|response)|vacation)[-+.\w]*@")
_NO_REPLY = regex(
    r"(?i)^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|newsletter|news|notifications?|alerts?|info-noreply)"
    r"(?:[-+._].*)?@"
)
_OWED = regex(
    r"(?i)báo cáo|kế hoạch|công văn|tờ trình|dự thảo|phụ lục|biểu (?:mẫu|số)|số liệu|đính kèm|gửi kèm|kèm theo|"
    r"cchc|cải cách hành chính|thời hạn|gia hạn|đã gửi|xin gửi|gửi lại|nộp|\b\d+\s*/\s*(?:[A-ZĐ]{2,}-)?[A-ZĐ]{2,}"
)
_SHARED = regex(
    r"(?i)https?://(?:[\w-]{1,60}\.){0,5}(?:drive\.google|docs\.google|1drv|onedrive|sharepoint|dropbox|mega|fshare|wetransfer|"
    r"we|box|icloud|terabox|mediafire|zaloapp|zadn|4shared|sendspace|filemail)\.(?:com|live\.com|ms|nz|io|vn|tl|me|app|net)\b"
)
_SERVICE_MAILBOX = regex(r"(?i)^(?:sys-?admin|admin|administrator|helpdesk|support|system|mail)[\w.-]*@")
_DMARC_SUBJECT = regex(r"(?i)^report domain:")
_SIGNATURES = ("pkcs7-signature", "pgp-signature", "pgp-keys", "vcard", "x-vcard", "ms-tnef")


def sender(reading: Reading) -> str:
    """The address in From, as written; empty where there is none."""
    return parseaddr(reading.header("from"))[1]


def from_mail_system(reading: Reading) -> bool:
    """Whether a mail system signs: by its mailbox, its name, or by having no address at all."""
    header = reading.header("from")
    name, address = parseaddr(header)
    if not header or header.strip() in ("<>", '""'):
        return True
    comment = " ".join(re.findall(r"\(([^()]*)\)", header))
    return bool(_DAEMON_MAILBOX.match(address or header) or _DAEMON_NAME.search(name) or _DAEMON_NAME.search(comment))


def null_return(reading: Reading) -> bool:
    """Whether the envelope sender was empty, as bounces and auto-replies have it."""
    returned = reading.header("return-path").strip().lower()
    return returned == "<>" or returned.strip("<>").startswith("mailer-daemon")


def automatic(reading: Reading) -> str:
    """``auto-replied``, ``auto-generated`` …; empty where a person wrote or the header is missing (RFC 3834)."""
    value = reading.header("auto-submitted").split("(")[0].split(";")[0].strip().lower()
    return "" if value == "no" else value


def tells_of_failure(reading: Reading) -> tuple[bool, bool]:
    """Whether the subject, and whether the beginning of the text, speak of a delivery that failed."""
    subject = reading.header("subject")
    return bool(_FAILURE_SUBJECT.search(subject)), bool(_FAILURE_TEXT.search(reading.text[:3000]))


def notice_by_name(reading: Reading) -> bool:
    """Whether the subject is one that mail systems give their notices, and no person their words about one."""
    return bool(_FAILURE_BEGINS.match(reading.header("subject")))


def machine_sent(reading: Reading) -> bool:
    """Whether the envelope, a header or a mailbox that takes no replies says that a machine sent it."""
    return bool(null_return(reading) or automatic(reading) or _NO_REPLY.match(sender(reading)))


def service_mailbox(reading: Reading) -> bool:
    """Whether it comes from a mailbox that a machine and a person may both write from (admin@, support@)."""
    return bool(_SERVICE_MAILBOX.match(sender(reading)))


def replies_automatically(reading: Reading) -> bool:
    """Whether a mailbox answered by itself: by a header made for it, or by how the subject *begins*.

    "Re: Trả lời tự động: …" begins otherwise: there a person answers, unless its own words say that it is automatic.
    """
    if automatic(reading).startswith("auto-replied") or _AUTO_MAILBOX.match(sender(reading)):
        return True
    if any(reading.header(name).lower() not in ("", "no", "false") for name in _AUTO_HEADERS):
        return True
    if _NAMED_AUTOMATIC.search(" ".join(map(reading.header, _NAMING_HEADERS))):
        return True
    brings = documents(reading)
    if not forwards(reading) and by_mark(reading, brings=brings):
        return True
    if not passes_on(reading) and by_subject(reading, brings=brings, answers=answers(reading)):
        return True
    if brings:
        return False
    if by_calendar(reading) or (not forwards(reading) and by_words(reading)):
        return True
    suppressed = reading.header("x-auto-response-suppress").lower()
    if null_return(reading) and (suppressed or automatic(reading) or answers(reading)):
        return True
    return answers(reading) and (bool(automatic(reading)) or suppressed == "all")


def brings_files(reading: Reading) -> bool:
    """Whether the message itself carries a document, as no notice of a mail system does."""
    return any(part.attached and part.type.startswith("application/") and _is_document(part) for part in reading.parts)


def answers(reading: Reading) -> bool:
    """Whether it is a reply or a forward; forwarding a failure is none."""
    if reading.has("in-reply-to", "references"):
        return True
    return passes_on(reading) and not _FAILURE_SUBJECT.search(reading.header("subject"))


def passes_on(reading: Reading) -> bool:
    """Whether the subject begins as people's replies and forwards do, in the languages of mail clients."""
    subject = reading.header("subject")
    return bool(_REPLY_PREFIX.match(subject) or _FORWARD_PREFIX.match(subject))


def forwards(reading: Reading) -> bool:
    """Whether the subject begins as forwards do, and not as replies do."""
    subject = reading.header("subject")
    return bool(_FORWARD_PREFIX.match(subject)) and not _REPLY_PREFIX.match(subject)


def documents(reading: Reading) -> bool:
    """Whether a file goes along that is neither a signature nor a picture inside the text."""
    if any(_is_document(part) for part in reading.parts):
        return True
    return any(inner.is_multipart() and _encloses_file(inner) for inner in reading.returned)


def speaks_of_what_is_owed(reading: Reading) -> bool:
    """Whether subject or text names a report, a plan, a document number."""
    return bool(_OWED.search(reading.header("subject")) or _OWED.search(reading.text[:5000]))


def names_a_share(words: str) -> bool:
    """Whether words name a place where files are shared: people send a link in a file's stead."""
    return bool(_SHARED.search(words[:20_000]))


def mass_mail(reading: Reading) -> bool:
    """Whether a list or a robot sends it, so that only what answers or carries something is a person's."""
    if _NO_REPLY.match(sender(reading)) or automatic(reading):
        return True
    bulk = reading.header("precedence").lower() in ("bulk", "list", "junk")
    return bulk or reading.has("list-id", "list-unsubscribe", "feedback-id", "x-campaign", "x-mailgun-sid")


def robot(reading: Reading) -> bool:
    """Whether no person can be behind it, whatever it carries. A postmaster who answers is a person."""
    if from_mail_system(reading) and not (answers(reading) or brings_files(reading)):
        return True
    reports = reading.type == "multipart/report" or _DMARC_SUBJECT.match(reading.header("subject"))
    return bool(reports or _NO_REPLY.match(sender(reading)) or automatic(reading))


def _is_document(part: Part) -> bool:
    if part.type.endswith((*_SIGNATURES, "/calendar", "/ics")) or (
        part.type.startswith(("image/", "multipart/")) and not part.attached
    ):
        return False
    return part.attached or part.type.startswith("application/")


def _encloses_file(message: object) -> bool:
    walk = getattr(message, "walk", None)
    return any(part.get_content_disposition() == "attachment" for part in walk()) if walk else False
