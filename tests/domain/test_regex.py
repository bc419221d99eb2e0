"""A regular expression does what ``re.compile`` gives, and is compiled when it is first asked."""

from __future__ import annotations

import re

import pytest
from tests.growth import steps

from plan_lifecycle.domain.regex import Regex, regex


def test_it_does_what_a_compiled_pattern_does() -> None:
    late, ready = regex(r"(?P<day>\d+)/(\d+)", re.IGNORECASE), re.compile(r"(?P<day>\d+)/(\d+)", re.IGNORECASE)
    text = "ngày 01/3 và 12/10"
    assert [found.group() for found in late.finditer(text)] == [found.group() for found in ready.finditer(text)]
    assert late.findall(text) == ready.findall(text)
    assert late.sub("…", text) == ready.sub("…", text)
    assert (late.search(text) is None, late.match(text), late.fullmatch("01/3") is None) == (False, None, False)
    assert (late.pattern, late.flags, late.groups, dict(late.groupindex)) == (ready.pattern, ready.flags, 2, {"day": 1})
    assert regex(rb"\d").split(b"a1b") == [b"a", b"b"]


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    compiling = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: asked.append(given) or compiling(*given))
    late = regex(r"xã \w+")
    assert (late.pattern, asked) == (r"xã \w+", [])
    assert late.search("xã Bình An")
    assert late.match("xã Bình An")
    assert asked == [(r"xã \w+", 0)]


def test_from_its_second_use_on_it_costs_what_a_compiled_pattern_does() -> None:
    late, ready = regex(r"\d+"), re.compile(r"\d+")
    late.search("1")
    assert steps(lambda: late.search("12")) == steps(lambda: ready.search("12"))


def test_what_a_pattern_does_not_have_it_does_not_have_either() -> None:
    assert not hasattr(regex("x"), "replace")
    with pytest.raises(re.error):
        regex("(").search("x")
    assert isinstance(regex("("), Regex)
