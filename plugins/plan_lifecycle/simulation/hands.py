"""Hands of the simulated units: their papers are made in a process of its own, some days before they are handed in.

Making them is no work of the software that is played; where nobody lends a hand they are made when they are sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from plan_lifecycle.documents.read_ahead import Beginning, Question

Given = ParamSpec("Given")
Begun = Callable[[], bytes]


def begin(hands: Beginning | None, make: Callable[Given, bytes], /, *args: Given.args, **kwargs: Given.kwargs) -> Begun:
    """Have a paper made, by a function of a module; what is returned waits for it."""
    if hands is None or kwargs:
        return lambda: make(*args, **kwargs)
    answers = hands.begin(b"", [Question(_made, (make, *args))])

    def paper() -> bytes:
        (answer,) = answers()
        return make(*args, **kwargs) if answer is None or answer.raised else answer.made

    return paper


def _made(_nothing: bytes, make: Callable[..., bytes], *args: object) -> bytes:
    return make(*args)
