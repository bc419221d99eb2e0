"""Where units publish, and from which hosts anything may be fetched: ``config/sources.yaml``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from plan_lifecycle.config.yaml_file import Strict, read_yaml


class Source(Strict):
    """One unit's column: a feed, or a page with the CSS selectors of its list. ``quota`` is items a month."""

    unit: str
    quota: int = Field(ge=1, le=1000)
    feed: str | None = None
    page: str | None = None
    items: str | None = None
    link: str = "a"
    date: str | None = None

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


class Sources(Strict):
    """All columns; only ``hosts`` are ever asked, private addresses only where ``allow_private`` says so."""

    hosts: tuple[str, ...] = ()
    allow_private: bool = False
    publications: tuple[Source, ...] = ()

    @field_validator("publications")
    @classmethod
    def _web(cls, found: tuple[Source, ...]) -> tuple[Source, ...]:
        for each in found:
            if urlsplit(each.url).scheme not in ("http", "https"):
                raise ValueError(f"http or https addresses, found {each.url[:80]!r}")
        return found


def read_sources(folder: Path) -> Sources:
    """Read and validate. Raises InputError that names file, line and field."""
    return read_yaml(folder / "sources.yaml", Sources)
