"""From a draft to the variables of its template."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any


def variables_of(draft: Any) -> dict[str, object]:
    """The variables that a draft gives to its template: its fields and properties by name."""
    kind: Any = type(draft)
    return {name: getattr(draft, name) for name in _names(kind)}


@lru_cache(maxsize=64)
def _names(kind: type[Any]) -> tuple[str, ...]:
    properties = (name for name, member in vars(kind).items() if isinstance(member, property))
    return (*(field.name for field in fields(kind)), *properties)
