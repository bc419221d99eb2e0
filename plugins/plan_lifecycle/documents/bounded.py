"""Reading what came from outside, wherever it is done: here, or in a process of its own with bounds (``reader_pool``).

A room says which reader is to read which bytes and does not know of processes. Whoever opens the office decides: a
portal, a mailbox or a task of Airflow reads in processes that may be lost, a test in its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Bounded(Protocol):
    """Has a file read: ``bounded(read_plan, data)`` is ``read_plan(data)``.

    The reader is a function of a module, what it is given and gives back is plain data. Raises what the reader raises;
    BadDocument ``too_costly`` where it takes more than one paper may, or is the end of the process that reads it.
    """

    def __call__(
        self, read: Callable[Concatenate[bytes, Given], Made], data: bytes, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Made:
        """Read ``data``."""
        ...

    def __hash__(self) -> int:
        """One reader is another than the next."""
        ...


def unbounded(
    read: Callable[Concatenate[bytes, Given], Made], data: bytes, /, *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """Read here and now, without a bound: for tests, and for a person's own file at the command line."""
    return read(data, *args, **kwargs)
