"""Where units publish, which endpoints are asked for what they hand in, and who may be asked at all:
``config/sources.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator

from plan_lifecycle.config.yaml_file import Strict, line_of, read_yaml
from plan_lifecycle.domain.errors import InputError, raise_all


def _web(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("an address http(s)://host/… without user and password")
    return address


def _selector(text: str) -> str:
    from cssselect import SelectorError, parse

    try:
        parse(text)
    except SelectorError as error:
        raise ValueError(f"a CSS selector: {error}") from error
    return text


Web = Annotated[str, AfterValidator(_web)]
Selector = Annotated[str, AfterValidator(_selector)]


class Source(Strict):
    """One column of a unit: a feed, or a page with the CSS selectors of its list, ``pages`` of it by the link ``next``.

    ``quota`` is items a month, of all the unit's columns together; None: what the superior plan asks for.
    """

    unit: str
    quota: int | None = Field(default=None, ge=1, le=1000)
    feed: Web | None = None
    page: Web | None = None
    items: Selector | None = None
    link: Selector = "a"
    date: Selector | None = None
    next: Selector | None = None
    pages: int = Field(default=5, ge=1, le=20)

    @model_validator(mode="after")
    def _one_way(self) -> Source:
        if (self.feed is None) == (self.page is None):
            raise ValueError("either feed or page")
        if self.page is not None and (self.items is None or self.date is None):
            raise ValueError("a page with the selectors items and date")
        return self

    @property
    def url(self) -> str:
        """What is fetched."""
        return self.feed or self.page or ""


class Endpoint(Strict):
    """One endpoint that is asked for submissions: the document axis, or with ``units`` what these alone hand in.

    ``token`` names the environment variable that holds it; ``ca_file`` (counted from ``config/``) an authority inside
    the administration's network.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,10}$")]
    url: Web
    units: tuple[str, ...] | None = Field(default=None, min_length=1)
    token: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None
    allow_private: bool = False
    ca_file: Path | None = None

    @property
    def channel(self) -> str:
        """What its arrivals are recorded under."""
        return f"http:{self.name}"

    @field_validator("url")
    @classmethod
    def _sealed(cls, url: str) -> str:
        if urlsplit(url).query or urlsplit(url).fragment:
            raise ValueError("an address without ? and #: the list is at <address>/submissions")
        return url


class Sources(Strict):
    """All columns and endpoints. Columns are asked on ``hosts`` only, at private addresses only where
    ``allow_private`` says so; a month is final ``final_after`` days after its end."""

    hosts: tuple[str, ...] = ()
    allow_private: bool = False
    final_after: int = Field(default=5, ge=1, le=25)
    publications: tuple[Source, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()

    def columns(self) -> dict[str, list[Source]]:
        """The columns of each unit, in order of the file."""
        found: dict[str, list[Source]] = {}
        for source in self.publications:
            found.setdefault(source.unit, []).append(source)
        return found

    def quota_of(self, unit: str) -> int | None:
        """What the configuration asks of a unit a month."""
        return next((source.quota for source in self.publications if source.unit == unit and source.quota), None)


def read_sources(path: Path | None) -> Sources:
    """Read and validate; without the file nobody is asked. Raises InputError that names file, line and field for every
    problem."""
    if path is None or not path.exists():
        return Sources()
    read = read_yaml(path, Sources)
    raise_all([_at(path, error) for error in _problems(read)])
    return read


def _problems(read: Sources) -> Iterator[tuple[tuple[str | int, ...], str, object]]:
    """What one entry does not tell by itself: where, what was expected, what was found."""
    hosts = {each.lower().strip("[]") for each in read.hosts}
    quotas: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for number, source in enumerate(read.publications):
        place = ("publications", number)
        field = "feed" if source.feed else "page"
        host = (urlsplit(source.url).hostname or "").lower()
        if host not in hosts:
            yield (*place, field), "an address on one of hosts", host
        if (source.unit, source.url) in seen:
            yield (*place, field), "an address that the unit's other columns do not have", source.url
        seen.add((source.unit, source.url))
        if source.quota is not None and quotas.setdefault(source.unit, source.quota) != source.quota:
            yield (*place, "quota"), f"{quotas[source.unit]}, as in the unit's other column", source.quota
    names: set[str] = set()
    for number, endpoint in enumerate(read.endpoints):
        if endpoint.name in names:
            yield ("endpoints", number, "name"), "a name that no other endpoint has", endpoint.name
        names.add(endpoint.name)


def _at(path: Path, problem: tuple[tuple[str | int, ...], str, object]) -> InputError:
    place, expected, found = problem
    return InputError(expected, file=path, line=line_of(path, place), field=".".join(map(str, place)), found=found)
