"""How people are reminded: ``config/reminders.yaml``, checked beyond its shape, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from plan_lifecycle.config.yaml_file import ConfigFile, Location, Strict, config_file, read_yaml
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.reminder import AFTER, BEFORE, LAST, QUOTA, Rung, repeated
from plan_lifecycle.domain.unit import ContactRole

LONGEST_NAME = 7
"""Of a rung: with ".20" of its repeats and "@31/12" of an extension (or "#31/12") it still fits the ledger."""


class Quiet(NamedTuple):
    """Working days before and after the rest of Tết on which nobody is written to."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class DigestRules:
    """Who gets the morning's digest, and when the leader's week comes; both are off where they have no roles.

    ``leaders_on`` is an ISO weekday (1 is Monday); ``draft_from`` so many late units make a draft letter.
    """

    roles: tuple[ContactRole, ...]
    leaders: tuple[ContactRole, ...]
    leaders_on: int
    draft_from: int | None


@dataclass(frozen=True)
class Reminding:
    """Ladders by kind of obligation, hours of sending, quiet days, digests, the yearly question to contacts.

    ``returned`` is the ladder to the day by which what was returned is awaited again; empty: it has none of its own.
    """

    ladders: Mapping[Item, tuple[Rung, ...]]
    opens: time
    closes: time
    quiet: Quiet
    digest: DigestRules
    confirm_contacts: tuple[int, int] | None
    reply_within: int
    attach_form: bool = False
    returned: tuple[Rung, ...] = ()

    def open_at(self, now: datetime) -> bool:
        """Whether the hour is one at which people are reminded."""
        return self.opens <= now.astimezone(LOCAL).time() <= self.closes

    def confirms_from(self, year: int) -> date | None:
        """The day of the year from which contacts are asked to confirm themselves; None: they are not asked."""
        return date(year, self.confirm_contacts[1], self.confirm_contacts[0]) if self.confirm_contacts else None


class _Repeat(Strict):
    every: Annotated[int, Field(ge=1, le=60)]
    at_most: Annotated[int, Field(ge=1, le=20)]
    escalates: bool = False


class _Rung(Strict):
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=r"^[^@#.]+$")]
    days: Annotated[int, Field(ge=-366, le=366)] = 0
    working_days: Annotated[int, Field(ge=-250, le=250)] = 0
    letter: Annotated[str, Field(pattern=f"^({BEFORE}|{LAST}|{AFTER}|{QUOTA})$")]
    roles: Annotated[tuple[ContactRole, ...], Field(min_length=1)] = (ContactRole.OFFICER,)
    superior: bool = False
    escalates: bool = False
    courtesy: bool = False
    repeat: _Repeat | None = None


class _Hours(Strict):
    opens: time
    closes: time


class _Quiet(Strict):
    before: Annotated[int, Field(ge=0, le=10)] = 0
    after: Annotated[int, Field(ge=0, le=10)] = 0


class _Digest(Strict):
    roles: tuple[ContactRole, ...] = ()
    leaders: tuple[ContactRole, ...] = ()
    leaders_on: Annotated[int, Field(ge=1, le=7)] = 1
    draft_letter_from: Annotated[int, Field(ge=1)] | None = None


class _DayOfYear(Strict):
    day: Annotated[int, Field(ge=1, le=28)]
    month: Annotated[int, Field(ge=1, le=12)]


class RemindersFile(Strict):
    """``reminders.yaml`` as it is written."""

    hours: _Hours = _Hours(opens=time(7), closes=time(18))
    quiet_around_tet: _Quiet = _Quiet()
    reply_within: Annotated[int, Field(ge=1, le=20)] = 1
    digest: _Digest = _Digest()
    confirm_contacts: _DayOfYear | None = None
    attach_form: bool = False
    ladders: dict[Item, tuple[_Rung, ...]]
    returned: tuple[_Rung, ...] = ()


def read_reminding(given: Path | ConfigFile) -> Reminding:
    """Read and validate. Raises InputError that names file, line and field for every problem."""
    source = config_file(given)
    read = read_yaml(source, RemindersFile)
    raise_all(list(_problems(source, read)))
    return Reminding(
        ladders={item: tuple(_rungs(rungs)) for item, rungs in read.ladders.items()},
        opens=read.hours.opens,
        closes=read.hours.closes,
        quiet=Quiet(read.quiet_around_tet.before, read.quiet_around_tet.after),
        digest=DigestRules(
            read.digest.roles, read.digest.leaders, read.digest.leaders_on, read.digest.draft_letter_from
        ),
        confirm_contacts=(read.confirm_contacts.day, read.confirm_contacts.month) if read.confirm_contacts else None,
        reply_within=read.reply_within,
        attach_form=read.attach_form,
        returned=tuple(_rungs(read.returned)),
    )


def _rungs(rungs: tuple[_Rung, ...]) -> Iterator[Rung]:
    """The whole ladder; once a rung escalates, all that follow do."""
    escalates = False
    for each in rungs:
        escalates |= each.escalates
        plain = Rung(
            name=each.name,
            days=each.days,
            letter=each.letter,
            roles=each.roles,
            working_days=each.working_days,
            superior=each.superior,
            escalates=escalates,
            courtesy=each.courtesy,
        )
        again = each.repeat
        for rung in repeated(plain, again.every, again.at_most) if again else (plain,):
            if again and again.escalates and rung.later:
                escalates = True
                yield replace(rung, escalates=True)
            else:
                yield rung


def _problems(source: ConfigFile, read: RemindersFile) -> Iterator[InputError]:
    if read.hours.opens >= read.hours.closes:
        at = source.line(("hours", "closes"))
        yield InputError(f"an hour after {read.hours.opens}", file=source.path, line=at, field="hours.closes")
    ladders: dict[Location, tuple[_Rung, ...]] = {("returned",): read.returned}
    ladders |= {("ladders", item.value): rungs for item, rungs in read.ladders.items()}
    for where, rungs in ladders.items():
        seen: set[str] = set()
        for number, rung in enumerate(rungs):
            place = (*where, number)
            wrong = _wrong_of_quota(rung, number) if where[-1] == Item.QUOTA.value else _wrong(rung, seen)
            for field, expected, found in wrong:
                named = ".".join(map(str, (*place, field)))
                at = source.line((*place, field))
                yield InputError(expected, file=source.path, line=at, field=named, found=found)
            seen.add(rung.name)


def _wrong_of_quota(rung: _Rung, number: int) -> Iterator[tuple[str, str, object]]:
    """A month's quota is told of once, to the unit alone, while there is time left to reach it."""
    if number:
        yield "name", "one rung: a contact hears of a month's quota once", rung.name
    if rung.letter != QUOTA:
        yield "letter", QUOTA, rung.letter
    if rung.days > 0 or rung.working_days > 0:
        yield "days", "a day of the month itself", rung.days
    if rung.repeat is not None or rung.superior or rung.escalates:
        yield "repeat", "a rung that neither repeats nor escalates", rung.name


def _wrong(rung: _Rung, seen: set[str]) -> Iterator[tuple[str, str, object]]:
    """What a rung's own shape does not tell: field, what was expected, what was found."""
    if rung.name in seen:
        yield "name", "a name that no other rung of the ladder has", rung.name
    if rung.days * rung.working_days < 0:
        yield "working_days", "days and working_days on the same side of the last day", rung.working_days
    after = rung.days > 0 or rung.working_days > 0
    if rung.letter == QUOTA:
        yield "letter", f"{BEFORE}, {LAST} or {AFTER}: {QUOTA} is for quotas", rung.letter
    elif after != (rung.letter == AFTER):
        yield "letter", AFTER if after else f"{BEFORE} or {LAST}", rung.letter
    if rung.repeat is not None and not after:
        yield "repeat", "a rung after the last day", rung.name
