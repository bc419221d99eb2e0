"""Reasons that coordinators give again and again, worded once: ``config/reasons.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from plan_lifecycle.config.yaml_file import ConfigFolder, Strict, config_folder, read_yaml
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import nfc

REASONS = "reasons.yaml"
_CODE = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8}")


class _ReasonsFile(Strict):
    accept: dict[str, str] = {}
    returned: dict[str, str] = Field(default={}, alias="return")
    assign: dict[str, str] = {}
    waive: dict[str, str] = {}
    extend: dict[str, str] = {}
    reopen: dict[str, str] = {}
    record: dict[str, str] = {}
    hand_over: dict[str, str] = {}
    close: dict[str, str] = {}


def read_reasons(given: Path | ConfigFolder) -> Mapping[str, Mapping[str, str]]:
    """The sentences by act ("return") and code ("thieu-so-lieu"). Raises InputError that names file, line, field."""
    read = read_yaml(config_folder(given).source(REASONS), _ReasonsFile)
    acts = read.model_dump(by_alias=True)
    return {act: {code: nfc(text) for code, text in codes.items()} for act, codes in acts.items()}


def worded(reasons: Mapping[str, Mapping[str, str]], act: ActKind, given: str) -> str:
    """The sentence behind a code, else what was given: a reason of one's own.

    Raises InputError for what is spelt as a code and is none: nobody would understand it in a letter.
    """
    given = nfc(given).strip()
    known = reasons.get(act, {})
    if _CODE.fullmatch(given) and given not in known:
        expected = f"one of the codes {', '.join(known) or '(none)'}, or a sentence"
        vi = f"Không có lý do “{given}” trong danh mục; đề nghị chọn lại hoặc ghi lý do bằng lời."
        raise InputError(expected, field="reason", found=given, vi=vi)
    return known.get(given, given)
