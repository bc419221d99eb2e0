"""Reading ahead: questions put before a paper's turn are answered as they would be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from plan_lifecycle.documents.bounded import unbounded
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.read_ahead import PAPERS, Answer, Answers, Question, ahead, answer_all, begun


def length(data: bytes, times: int = 1) -> int:
    return len(data) * times


def damaged(data: bytes) -> None:
    raise bad("damaged")


def broken(data: bytes) -> None:
    raise KeyError(data)


def exhausted(data: bytes) -> None:
    raise MemoryError


class Reads:
    """Answers at once when it is begun, and counts what is read in its turn."""

    def __init__(self) -> None:
        self.in_turn: list[str] = []

    def __call__(self, read: Callable[..., Any], data: bytes, /, *args: Any, **kwargs: Any) -> Any:
        self.in_turn.append(read.__name__)
        return read(data, *args, **kwargs)

    def begin(self, data: bytes, questions: Sequence[Question]) -> Callable[[], Answers]:
        answers = answer_all(data, questions)
        return lambda: answers


def test_what_was_asked_before_is_not_read_in_its_turn() -> None:
    reads = Reads()
    paper = begun(reads, b"abc", [Question(length), Question(length, (2,)), Question(damaged)])
    assert (paper(length, b"abc"), paper(length, b"abc", 2), reads.in_turn) == (3, 6, [])
    with pytest.raises(BadDocument):
        paper(damaged, b"abc")
    assert reads.in_turn == []


def test_what_was_not_asked_before_or_otherwise_is_read_in_its_turn() -> None:
    reads = Reads()
    paper = begun(reads, b"abc", [Question(length, (2,))])
    assert (paper(length, b"abc", 3), paper(length, b"abc", times=2)) == (9, 6)
    assert reads.in_turn == ["length", "length"]


def test_what_nobody_foresaw_is_raised_in_the_papers_turn() -> None:
    assert answer_all(b"abc", [Question(broken), Question(length)]) == [None, Answer(3)]
    with pytest.raises(KeyError):
        begun(Reads(), b"abc", [Question(broken)])(broken, b"abc")


def test_memory_that_is_at_its_end_is_left_to_the_process() -> None:
    with pytest.raises(MemoryError):
        answer_all(b"abc", [Question(exhausted)])


def test_who_reads_here_and_now_begins_nothing_before_its_turn() -> None:
    assert begun(unbounded, b"abc", [Question(length)]) is unbounded
    seen: list[str] = []
    for item, _ in ahead(unbounded, "abc", lambda item: seen.append(f"begin {item}")):
        seen.append(item)
    assert seen == ["begin a", "a", "begin b", "b", "begin c", "c"]


def test_some_papers_are_begun_before_their_turn_and_no_more() -> None:
    begins = list[int]()
    for item, made in ahead(Reads(), range(9), lambda item: begins.append(item) or item):
        assert made == item
        assert begins[-1] == min(8, item + PAPERS)


@pytest.mark.parametrize("reader", [Reads(), unbounded], ids=["ahead", "in turn"])
def test_what_came_before_a_failure_still_has_its_turn(reader: Any) -> None:
    """A source that breaks off at one paper, again at each run, would hold back those before it for good."""

    def coming() -> Iterator[int]:
        yield from (1, 2)
        raise OSError("broken off")

    had = ahead(reader, coming(), str)
    assert [next(had), next(had)] == [(1, "1"), (2, "2")]
    with pytest.raises(OSError, match="broken off"):
        next(had)
