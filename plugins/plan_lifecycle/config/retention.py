"""How long what may go is kept: ``config/retention.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from plan_lifecycle.config.yaml_file import ConfigFile, Strict, read_yaml

FILE = "retention.yaml"
MONTH = timedelta(days=31)
Months = Annotated[int, Field(ge=1, le=1200)]


class Matter(StrEnum):
    """What may go."""

    LETTERS = "letters"
    MESSAGES = "messages"
    DRAFTS = "drafts"
    LISTS = "lists"
    SESSIONS = "sessions"
    PEOPLE = "people"


class _RetentionFile(Strict):
    # Below a year a letter may still be answered, and a list be taken in once more.
    letters: Annotated[int, Field(ge=12, le=1200)] | None = None
    messages: Months | None = None
    drafts: Months | None = None
    lists: Months | None = None
    sessions: Months | None = None
    people: Months | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Months by matter; what is not there is kept for good."""

    months: Mapping[Matter, int]

    def before(self, matter: Matter, now: datetime) -> datetime | None:
        """What was of use before this moment may go; None where it is kept for good."""
        months = self.months.get(matter)
        return None if months is None else now - months * MONTH


def read_retention(given: Path | ConfigFile) -> Retention:
    """The file as rules. Raises InputError that names file, line and field."""
    read = read_yaml(given, _RetentionFile)
    months = {matter: getattr(read, matter.value) for matter in Matter}
    return Retention({matter: number for matter, number in months.items() if number is not None})
