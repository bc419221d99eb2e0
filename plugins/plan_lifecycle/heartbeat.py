"""A sign of life to a watch outside: begun, done, failed, as healthchecks and its like understand it.

When the morning's run does not come, nothing of ours may be alive to tell it, so somebody else has to miss the sign.
The watch knows the address by a secret in its path, so neither the address nor an error that holds it is ever logged.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import Settings

FIELD = "PLAN_LIFECYCLE_HEARTBEAT_URL"
TIMEOUT = (5.0, 10.0)
"""Seconds to connect, and for the answer."""
TRIES = 2
log = logging.getLogger(__name__)
_SPEAKS = "urllib3.connectionpool"
"""The logger that names, at its most talkative, the path of every request."""


class Signal(StrEnum):
    """What is said, as the end of the address."""

    START = "/start"
    SUCCESS = ""
    FAIL = "/fail"


def address_of(settings: Settings) -> str | None:
    """The address that signs are sent to; None where the settings name none. Raises InputError for what is none."""
    given = settings.heartbeat_url.get_secret_value().strip() if settings.heartbeat_url else ""
    if not given:
        return None
    try:
        parts = urlsplit(given)
        usable = parts.scheme in ("https", "http") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        vi = f"Địa chỉ báo nhịp ({FIELD}) phải bắt đầu bằng https://."
        raise InputError("an address https://…", field=FIELD, vi=vi)
    return given


def beat(settings: Settings, signal: Signal) -> bool:
    """Send one sign; return whether it arrived. Whatever goes wrong is logged without the address, and passed over."""
    import requests  # not while a DAG is parsed

    try:
        address = address_of(settings)
    except InputError as error:
        log.warning("%s", error)
        return False
    if address is None:
        return False
    said = ""
    for _ in range(TRIES):
        try:
            with _unspoken():
                answer = requests.get(_of(address, signal), timeout=TIMEOUT, allow_redirects=False)
        except (requests.RequestException, OSError, ValueError) as error:
            said = type(error).__name__
            continue
        if answer.ok and not answer.is_redirect:
            return True
        said = f"status {answer.status_code}"
    log.warning("the heartbeat %s did not arrive: %s", signal.name.lower(), said)
    return False


def on_start(context: Mapping[str, Any]) -> None:
    """Say that the morning's run has begun (a callback of its first task)."""
    _of_run(context, Signal.START)


def on_success(context: Mapping[str, Any]) -> None:
    """Say that the morning's run is done (a callback of its last task)."""
    _of_run(context, Signal.SUCCESS)


def on_failure(context: Mapping[str, Any]) -> None:
    """Say that the morning's run failed, no try being left (a callback of its last task)."""
    _of_run(context, Signal.FAIL)


def _of_run(context: Mapping[str, Any], signal: Signal) -> None:
    """A replay of a past day is no sign of life of this morning."""
    if not (context.get("params") or {}).get("as_of"):
        beat(Settings(), signal)


def _of(address: str, signal: Signal) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + signal.value))


@contextmanager
def _unspoken() -> Iterator[None]:
    """Keep the path of the request out of any log."""
    logger = logging.getLogger(_SPEAKS)
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
