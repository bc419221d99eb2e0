"""How units are classed and ranked: ``config/scoring.yaml``."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from pydantic import Field, field_validator

from plan_lifecycle.config.yaml_file import Strict, read_yaml
from plan_lifecycle.domain.score import Band, Scoring
from plan_lifecycle.domain.text import nfc


class _Band(Strict):
    name: str = Field(min_length=1)
    at_least: Decimal = Field(alias="from", ge=0, le=100)


class _Scoring(Strict):
    bands: tuple[_Band, ...] = Field(min_length=1)
    not_ranked: tuple[str, ...] = ()
    decimals: int = Field(default=2, ge=0, le=6)

    @field_validator("bands", mode="after")
    @classmethod
    def _down_to_nothing(cls, bands: tuple[_Band, ...]) -> tuple[_Band, ...]:
        if any(higher.at_least <= lower.at_least for higher, lower in pairwise(bands)):
            raise ValueError("bands from the highest down")
        if bands[-1].at_least != 0:
            raise ValueError("a last band from 0, so that every index has one")
        return bands


def read_scoring(path: Path) -> Scoring:
    """The bands, the groups that are not ranked, and the decimals. Raises InputError with file, line and field."""
    read = read_yaml(path, _Scoring)
    bands = tuple(Band(nfc(band.name), band.at_least) for band in read.bands)
    return Scoring(bands, frozenset(map(nfc, read.not_ranked)), read.decimals)
