"""Reasons that coordinators give again and again, worded once: ``config/reasons.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from plan_lifecycle.config.yaml_file import Strict, read_yaml
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.text import nfc


class _ReasonsFile(Strict):
    accept: dict[str, str] = {}
    returned: dict[str, str] = Field(default={}, alias="return")
    assign: dict[str, str] = {}
    waive: dict[str, str] = {}
    extend: dict[str, str] = {}
    reopen: dict[str, str] = {}
    record: dict[str, str] = {}


def read_reasons(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The sentences by act ("return") and code ("thieu-so-lieu"). Raises InputError that names file, line, field."""
    read = read_yaml(folder / "reasons.yaml", _ReasonsFile)
    acts = read.model_dump(by_alias=True)
    return {act: {code: nfc(text) for code, text in codes.items()} for act, codes in acts.items()}


def worded(reasons: Mapping[str, Mapping[str, str]], act: ActKind, given: str) -> str:
    """The sentence behind a code, else what was given: a reason of one's own."""
    given = nfc(given).strip()
    return reasons.get(act, {}).get(given, given)
