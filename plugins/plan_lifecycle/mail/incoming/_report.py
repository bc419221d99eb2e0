"""What machine-readable reports say: delivery status (RFC 3464), dispositions (RFC 8098), complaints (RFC 5965)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from plan_lifecycle.mail.incoming._failure import Failure, address_in, for_good, reply_code_in, status_in
from plan_lifecycle.mail.incoming._reading import Reading

_RECIPIENT_FIELDS = ("final-recipient", "original-recipient", "x-actual-recipient")


def delivery_failures(reading: Reading) -> list[Failure]:
    """The recipients of a delivery report, failures first, then delays, then what was delivered."""
    blocks = [block for block in reading.blocks if any(name in block for name in _RECIPIENT_FIELDS)]
    blocks = blocks or [block for block in reading.blocks if "action" in block or "status" in block]
    return _worst_first(map(_of_block, blocks))


def embedded_failures(text: str) -> list[Failure]:
    """The recipients of a delivery report that stands as plain text in a notice."""
    blocks = []
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        unfolded = re.sub(r"\n[ \t]+", " ", paragraph)
        fields = {name.lower(): value for name, value in re.findall(r"(?m)^[ \t]*([A-Za-z-]+):[ \t]*(.*)$", unfolded)}
        if "final-recipient" in fields or "original-recipient" in fields:
            blocks.append(fields)
    return _worst_first(failure for failure in map(_of_block, blocks) if failure.recipient)


def disposition_failed(reading: Reading) -> bool:
    """Whether a disposition notification tells of an error rather than of reading or deleting."""
    dispositions = " ".join(block.get("disposition", "") for block in reading.blocks).lower()
    return any(word in dispositions for word in ("failed", "/error", "denied"))


def complaint_recipient(reading: Reading) -> str | None:
    """The address whose owner complained: as the report says, or as the letter that it returns was addressed."""
    for block in reading.blocks:
        for name in ("original-rcpt-to", "removal-recipient", "final-recipient"):
            if (found := address_in(block.get(name, ""))) is not None:
                return found
    for returned in reading.returned:
        for name in ("X-HmXmrOriginalRecipient", "Delivered-To", "To"):
            if (found := address_in(str(returned.get(name, "")))) is not None:
                return found
    return None


def notification(text: str) -> tuple[str, Failure] | None:
    """A bounce, complaint or delivery that a sending service tells of in JSON: its type, and the recipient."""
    start = text.find("{")
    if start < 0 or not any(key in text for key in ("otificationType", "eventType")):
        return None
    try:
        told, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    if isinstance(told, dict) and isinstance(told.get("Message"), str):
        return notification(told["Message"])
    if not isinstance(told, dict):
        return None
    kind = str(told.get("notificationType") or told.get("eventType") or "").lower()
    detail = told.get(kind)
    return (kind, _of_notification(kind, detail)) if isinstance(detail, dict) else None


def _worst_first(failures: Iterable[Failure]) -> list[Failure]:
    return sorted(failures, key=lambda each: {True: 0, False: 1, None: 2}[each.permanent])


def _of_block(block: dict[str, str]) -> Failure:
    """Status as the report gives it; where it has none, or says success of a failure, the diagnostic's."""
    action = block.get("action", "").strip().lower()
    diagnostic = block.get("diagnostic-code", "") or block.get("smtp-remote-recipient-reply", "")
    status = status_in(block.get("status", ""))
    if status is None or (status.startswith("2") and action.startswith("fail")):
        status = status_in(diagnostic) or status
    recipients = (address_in(block.get(name, "").rpartition(";")[2]) for name in _RECIPIENT_FIELDS)
    recipient = next((each for each in recipients if each), None)
    return Failure(recipient, status, for_good(status, reply_code_in(diagnostic), action))


def _of_notification(kind: str, detail: dict[str, Any]) -> Failure:
    told = detail.get({"bounce": "bouncedRecipients", "complaint": "complainedRecipients"}.get(kind, "recipients"))
    first = told[0] if isinstance(told, list) and told else None
    fields = first if isinstance(first, dict) else {"emailAddress": first}
    status = status_in(str(fields.get("status") or fields.get("diagnosticCode") or detail.get("smtpResponse") or ""))
    lasting = {"permanent": True, "transient": False}.get(str(detail.get("bounceType", "")).lower())
    return Failure(address_in(str(fields.get("emailAddress") or "")), status, lasting)
