"""One thing that was looked at: how it is, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.settings import Settings

LONGEST = 300
"""Signs of what a server said that are shown."""


class State(StrEnum):
    """How it is; UNSET: the settings name none, so there is nothing to look at."""

    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"
    UNSET = "unset"


class Name(StrEnum):
    """What is looked at, in the order in which one thing needs the other."""

    CONFIGURATION = "configuration"
    SECRETS = "secrets"
    DISK = "disk"
    DATABASE = "database"
    TRAIL = "trail"
    CLOCK = "clock"
    MAIL = "mail"
    TEST_LETTER = "test_letter"
    MAILBOX = "mailbox"
    PORTAL = "portal"
    LINKS = "links"
    BOARD = "board"
    INBOX = "inbox"
    SOURCES = "sources"
    CERTIFICATES = "certificates"
    HEARTBEAT = "heartbeat"
    MORNING = "morning"
    OUTBOX = "outbox"
    AIRFLOW = "airflow"
    DAGS = "dags"
    POOLS = "pools"


@dataclass(frozen=True, slots=True)
class Check:
    """``found`` and ``to_do`` are Vietnamese; ``to_do`` None where nothing is to be done.

    ``about`` tells things of one name apart (a server, a DAG), by what does not change from day to day.
    """

    name: Name
    state: State
    found: str
    to_do: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at, at which moment; ``test_letter`` is the address that a letter goes to (None: none goes)."""

    settings: Settings
    now: datetime
    test_letter: str | None = None


Look = Callable[[Patient], Iterator[Check]]


def looked(name: Name, look: Look, patient: Patient, to_do: str) -> Iterator[Check]:
    """What the look finds; an error of ours or of the machine is a fault, and the other looks go on."""
    try:
        yield from look(patient)
    except PlanLifecycleError as error:
        yield Check(name, State.FAULT, f"{error.for_user} ({shortened(error)})", to_do)
    except (OSError, ValueError) as error:
        yield Check(name, State.FAULT, shortened(error), to_do)


def shortened(error: object) -> str:
    """What was said, on one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
