"""The indices that others publish: ``config/indices.yaml``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from plan_lifecycle.config.yaml_file import ConfigFile, Strict, read_yaml
from plan_lifecycle.domain.published_index import IndexKind
from plan_lifecycle.domain.text import nfc


class _Index(Strict):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")
    name: str = Field(min_length=1)
    publisher: str = ""
    unit_of_measure: str = "điểm"
    maximum: float = Field(default=100, gt=0)


class _Indices(Strict):
    indices: tuple[_Index, ...]

    @field_validator("indices", mode="after")
    @classmethod
    def _once_each(cls, indices: tuple[_Index, ...]) -> tuple[_Index, ...]:
        codes = [index.code for index in indices]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"each code once ({', '.join(twice)})")
        return indices


def read_indices(given: Path | ConfigFile) -> dict[str, IndexKind]:
    """The indices by code, in the order of the file. Raises InputError with file, line and field."""
    return {
        read.code: IndexKind(read.code, nfc(read.name), nfc(read.publisher), nfc(read.unit_of_measure), read.maximum)
        for read in read_yaml(given, _Indices).indices
    }
