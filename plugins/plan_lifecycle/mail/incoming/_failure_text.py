"""Reading a failure from prose: the notices that mail servers wrote before, or without, machine-readable reports."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes

from flufl.bounce import all_failures

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.mail.incoming._failure import ADDRESS, Failure, address_in, for_good, reply_code_in, status_in
from plan_lifecycle.mail.incoming._reading import MAIL_ERRORS, Reading
from plan_lifecycle.mail.incoming._report import embedded_failures

# Where the notice ends and the letter that it returns begins.
_RETURNED = regex(
    r"(?im)^[ \t>|*-]{0,80}(?:"
    r"(?:below|enclosed|here|this)\b.{0,40}\bcop(?:y|ies) of (?:the|your|original)"
    r"|(?:the )?(?:original|unsent|returned|undelivered|rejected) (?:e-?mail |mail )?message\b(?!.{0,80}:.{0,80}@)"
    r"|message (?:headers?|text) follow|(?:the )?headers? of (?:the|your) (?:original )?message"
    r"|(?:the )?body of (?:the|your) (?:original )?message|message header|original message"
    r"|received: (?:from|by)\b|return-path: *<|\[message header|the message headers"
    r").*$"
)
_LISTED = regex(
    rf"(?im)^[ \t>*]{{0,40}}(?:recipient(?: address)?|to|email|e-mail|address|undeliverable to|user)?[ \t:]{{0,20}}"
    rf"<?(?P<address>{ADDRESS.pattern})>?[ \t]{{0,20}}"
    r"(?:$|:|;|,?[ \t]{0,20}[\[(]|\.\.\.|on (?:mon|tue|wed|thu|fri|sat|sun|\d)|- )"
)
_SAID = regex(
    rf"(?i)(?:deliver\w{{0,9}}|delivering your mail|message|sent|mailing list|undeliverable)(?: to)?:?\s{{1,9}}"
    rf"<?(?P<address>{ADDRESS.pattern})"
)
_COMMAND = regex(rf"(?i)\brcpt(?:[ \t]{{1,9}}to)?[ \t]{{0,9}}:?[ \t]{{0,9}}<?(?P<address>{ADDRESS.pattern})")
_MAY_PASS = regex(
    r"(?i)\bdelay|temporar|try(?:ing)? again|will (?:be )?retr|will keep trying|no action is required|deferred|"
    r"quota|exceed|mailbox (?:is )?full|full mailbox|retry time|timed? ?out|too long|giving up|expired|"
    r"not accept our requests to connect|socket error|could not (?:be )?connect|connection refused|"
    r"last \d+ seconds|hộp thư [^.\n]{0,30}đầy|tạm thời|"
    r"tiếp tục thử|sẽ thử (?:gửi )?lại|trì hoãn|vượt (?:quá )?(?:dung lượng|hạn mức)"
)
_FOR_GOOD = regex(
    r"(?i)permanent|user unknown|unknown user|unknown recipient|no such (?:user|address|recipient|mailbox)|"
    r"does ?n[o']t exist|not exist|invalid (?:user|recipient|address|mailbox)|not recognized|not known|not found|"
    r"not listed|disabled|inactive|unknown (?:host|address|or illegal)|unroutable|unrouteable|rejected|blocked|"
    r"not (?:a )?member|no mailbox|couldn'?t find|không tồn tại|không tìm thấy|"
    r"bị khóa|ngừng hoạt động|không còn (?:được )?sử dụng"
)
_LONGEST = 30_000
logging.getLogger("flufl.bounce").disabled = True  # it logs a traceback for each odd message that it leaves to us


def told_failures(reading: Reading) -> list[Failure]:
    """Every recipient that the notice names, each with the status found beside it; one without address if none."""
    prose = reading.text[:_LONGEST]
    if embedded := embedded_failures(prose):
        return embedded
    notice = prose[: _end(prose)]
    senders = reading.addresses("to", "from", "delivered-to", "envelope-to", "return-path")
    named = _named(reading, notice, senders)
    if not named:
        return [_beside(None, notice, notice)]
    return [_beside(address, _after(address, named, notice), notice) for address in named]


def returns_a_letter(reading: Reading) -> bool:
    """Whether a letter comes back with the notice, enclosed or below it."""
    prose = reading.text[:_LONGEST]
    return bool(reading.returned) or _end(prose) < len(prose)


def _end(text: str) -> int:
    """A notice of less than a few words before the mark is none: then the whole text counts."""
    for found in _RETURNED.finditer(text):
        if len(text[: found.start()].split()) >= 3:
            return found.start()
    return len(text)


def _named(reading: Reading, notice: str, senders: set[str]) -> list[str]:
    """The failed recipients, from the surest source that names any."""
    header = ",".join(reading.headers("x-failed-recipients"))
    for source in (
        (found.group() for found in ADDRESS.finditer(header)),
        _matches(_SAID, notice, senders),
        _matches(_LISTED, notice, senders),
        _matches(_COMMAND, notice, senders),
        _by_flufl(reading, senders),
        (found.group() for found in ADDRESS.finditer(notice) if found.group().lower() not in senders),
        _returned_to(reading, senders),
        (found.group("address") for found in _LISTED.finditer(notice)),
    ):
        named = list(dict.fromkeys(address.strip(".'") for address in source))
        if named:
            return named
    return []


def _matches(pattern: re.Pattern[str], notice: str, senders: set[str]) -> Iterator[str]:
    for found in pattern.finditer(notice):
        if found["address"].lower() not in senders:
            yield found["address"]


def _by_flufl(reading: Reading, senders: set[str]) -> Iterator[str]:
    try:
        passing, lasting = all_failures(message_from_bytes(reading.data[:_LONGEST]))
    except MAIL_ERRORS:
        return
    for raw in sorted(lasting) + sorted(passing):
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
        address = address_in(text)
        if address == text and address.lower() not in senders:
            yield address


def _returned_to(reading: Reading, senders: set[str]) -> Iterator[str]:
    """Whom the returned letter was for: its own headers, or those that stand in the text after the notice."""
    for returned in reading.returned:
        for name in ("X-Original-To", "Delivered-To", "To", "Cc"):
            for found in ADDRESS.finditer(str(returned.get(name, ""))):
                if found.group().lower() not in senders:
                    yield found.group()
    prose = reading.text[:_LONGEST]
    rest = prose[_end(prose) :]
    for line in re.findall(r"(?im)^(?:to|x-original-to|[ \t]+for):?[ \t].*$", rest):
        for found in ADDRESS.finditer(line):
            if found.group().lower() not in senders:
                yield found.group()


def _after(address: str, named: list[str], notice: str) -> str:
    """The passage about one recipient: from its name to the next one's."""
    start = max(0, notice.find(address))
    others = [notice.find(other, start + 1) for other in named if other != address]
    end = min((position for position in others if position > start), default=len(notice))
    return notice[notice.rfind("\n", 0, start) + 1 : end]


def _beside(address: str | None, passage: str, notice: str) -> Failure:
    for text in (passage, notice):
        status, code = status_in(text), reply_code_in(text)
        if status is not None and not status.startswith("2"):
            return Failure(address, status, for_good(status, code))
        if code is not None:
            return Failure(address, None, for_good(None, code))
    if _MAY_PASS.search(notice):
        return Failure(address, None, permanent=False)
    return Failure(address, status_in(notice), True if _FOR_GOOD.search(notice) else None)
