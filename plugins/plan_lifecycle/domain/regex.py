"""Regular expressions that are compiled when the first text is held against them.

Those who read papers know some four hundred; a command that reads none compiles none. In a module the whole is written
as with ``re.compile``, and looked for and typed as what that gives.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_OF_A_PATTERN = (
    "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn", "flags", "groups", "groupindex",
)  # fmt: skip


class Regex:
    """What ``regex`` gives: a pattern's text, and all that the compiled pattern can do from its first use on."""

    __slots__ = ("_wanted", "compiled", "pattern", *_OF_A_PATTERN)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._wanted = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compile it: only what was not set yet is looked for here. Raises re.error."""
        if name not in self.__slots__:
            raise AttributeError(name)
        self.compiled = re.compile(self.pattern, self._wanted)
        for each in _OF_A_PATTERN:
            setattr(self, each, getattr(self.compiled, each))
        return object.__getattribute__(self, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Word a regular expression as for ``re.compile``; a wrong one is found at its first use (the tests use each)."""
    return cast("re.Pattern[AnyStr]", Regex(pattern, flags))
