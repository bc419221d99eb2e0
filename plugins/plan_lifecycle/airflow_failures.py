"""How a task fails: its log ends with one sentence for the coordinator, and what a technician needs is folded below.

Airflow prints the whole stack after our last line and cannot be told not to. So a group of its log is opened there and
never closed: its page keeps it shut, its file has all of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from airflow.sdk.exceptions import AirflowFailException

from plan_lifecycle.airflow_notes import note
from plan_lifecycle.domain.clock import ClockError
from plan_lifecycle.domain.errors import CombinedInputError, InputError

LOG = logging.getLogger("airflow.task")
DETAIL = "Chi tiết kỹ thuật"
"""The title of the folded group."""


@contextmanager
def input_fails_once() -> Iterator[None]:
    """Fail the task at once, never to be retried, where its input is wrong: the same input fails the same way again.

    Where the machine's clock cannot be trusted it is retried: the clock may be put right meanwhile. Either sentence
    also becomes the note of the run.
    """
    try:
        yield
    except ClockError as error:
        note(error.for_user)
        tell(error.for_user, str(error))
        raise
    except InputError as error:
        sentence = in_one_sentence(error)
        note(sentence)
        fail_once(sentence, f"{error.for_user}\n{error}")


def fail_once(sentence: str, detail: str) -> NoReturn:
    """Fail the task, never to be retried, with this sentence at the end of its log."""
    tell(sentence, detail)
    raise AirflowFailException(sentence)


def tell(sentence: str, detail: str) -> None:
    """End what is seen of the log with this sentence; the task is to fail right afterwards."""
    LOG.error("%s", sentence)
    LOG.info("::group::%s", DETAIL)
    for line in detail.splitlines():
        LOG.info("%s", line)


def in_one_sentence(error: InputError) -> str:
    """What an official reads of the error, on one line; of several errors the first and how many more there are."""
    first, *others = error.errors if isinstance(error, CombinedInputError) else (error,)
    said = " ".join(first.for_user.split())
    return f"{said} Còn {len(others)} điểm khác, nêu ở “{DETAIL}”." if others else said
