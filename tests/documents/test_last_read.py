"""One file is parsed once for readers that follow each other; another file, or a fault, is never taken for it."""

from __future__ import annotations

import pytest

from plan_lifecycle.documents.last_read import LastRead

LARGE = b"x" * (4 * 1024 * 1024 + 1)


class Counting:
    """A parser that counts how often it is asked, and cannot read what begins with a question mark."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, data: bytes) -> str:
        self.asked += 1
        if data.startswith(b"?"):
            raise ValueError("cannot be read")
        return data[:10].decode()


def test_the_same_bytes_are_parsed_once_and_others_as_often_as_they_come() -> None:
    parser = Counting()
    parse = LastRead(parser)
    assert [parse(data) for data in (b"one", b"two", b"two", b"one")] == ["one", "two", "two", "one"]
    assert parser.asked == 3


def test_what_cannot_be_parsed_is_told_each_time_and_nothing_of_the_file_before_is_given() -> None:
    parser = Counting()
    parse = LastRead(parser)
    parse(b"one")
    for _ in range(2):
        with pytest.raises(ValueError, match="cannot"):
            parse(b"?")
    assert (parse(b"one"), parser.asked) == ("one", 4)


def test_a_large_file_is_not_kept_in_memory() -> None:
    parser = Counting()
    parse = LastRead(parser)
    assert parse(LARGE) == parse(LARGE)
    assert parser.asked == 2
