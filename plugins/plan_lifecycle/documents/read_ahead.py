"""Reading ahead: what will be asked of a paper is asked before its turn, while the one before it is being filed.

Xã Bình An's plan is read in a process of its own while the answer to xã Hòa Thắng is written. Whoever reads here and
now has nothing to gain by it, and reads each paper in its turn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar, runtime_checkable

from plan_lifecycle.documents.bounded import Bounded
from plan_lifecycle.domain.errors import PlanLifecycleError

Given = ParamSpec("Given")
Made = TypeVar("Made")
Item = TypeVar("Item")

PAPERS = 4
"""How many papers are begun before their turn: their bytes are held meanwhile."""


class Question(NamedTuple):
    """A reader, and what it is given besides the bytes."""

    read: Callable[..., Any]
    given: tuple[Any, ...] = ()


class Answer(NamedTuple):
    """What a reader made of a paper, or what it raised."""

    made: Any = None
    raised: PlanLifecycleError | None = None


Answers = Sequence[Answer | None]
"""One for each question; None where it is to be asked again, in its turn."""


@runtime_checkable
class Beginning(Protocol):
    """A ``Bounded`` that can read while something else is done."""

    def begin(self, data: bytes, questions: Sequence[Question]) -> Callable[[], Answers]:
        """Begin to read; what is returned waits for the answers."""
        ...


@dataclass(frozen=True, eq=False)
class Begun:
    """The reader of one paper to whom some questions were put before their turn."""

    bounded: Bounded
    questions: Sequence[Question]
    answers: Callable[[], Answers]

    def __call__(
        self, read: Callable[Concatenate[bytes, Given], Made], data: bytes, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Made:
        """Give the answer that was asked for before, else read now. Raises as ``Bounded`` says."""
        if not kwargs and (asked := Question(read, args)) in self.questions:
            answer = self.answers()[self.questions.index(asked)]
            if answer is not None and answer.raised is not None:
                raise answer.raised
            if answer is not None:
                return answer.made  # type: ignore[no-any-return]
        return self.bounded(read, data, *args, **kwargs)


def begun(bounded: Bounded, data: bytes, questions: Sequence[Question]) -> Bounded:
    """The reader of a paper that has these questions already, where it can read while something else is done."""
    if not questions or not isinstance(bounded, Beginning):
        return bounded
    return Begun(bounded, questions, bounded.begin(data, questions))


def ahead(bounded: Bounded, items: Iterable[Item], begin: Callable[[Item], Made]) -> Iterator[tuple[Item, Made]]:
    """Each item with what ``begin`` made of it some items before its turn; in its turn where nothing is gained.

    What came before ``items`` failed still has its turn: a mailbox that breaks off at one message holds back no other.
    """
    waiting = deque[tuple[Item, Made]]()
    try:
        for item in items:
            waiting.append((item, begin(item)))
            if len(waiting) > (PAPERS if isinstance(bounded, Beginning) else 0):
                yield waiting.popleft()
    except Exception:
        yield from waiting
        raise
    yield from waiting


def answer_all(data: bytes, questions: Sequence[Question]) -> Answers:
    """Answer each question here and now; what nobody foresaw is left to be asked again."""
    return [_answer(data, question) for question in questions]


def _answer(data: bytes, question: Question) -> Answer | None:
    try:
        return Answer(question.read(data, *question.given))
    except PlanLifecycleError as error:
        return Answer(raised=error)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  it is raised where the paper's turn has come
        return None
