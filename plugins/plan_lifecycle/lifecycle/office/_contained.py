"""One that fails never stops the others: whatever a paper makes a reader or a template raise is this paper's fault."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.store.database import StoreBusyError

log = logging.getLogger(__name__)


class UnforeseenError(PlanLifecycleError):
    """Something raised what none of our errors is; the log has the trace."""

    def __init__(self, cause: Exception) -> None:
        vi = "Phần mềm chưa xử lý được nội dung này; tài liệu đã được giữ lại và lỗi đã được ghi nhật ký."
        super().__init__(f"{type(cause).__name__}: {str(cause).partition(chr(10))[0][:300]}", vi=vi)


def told_in(faults: list[str], who: str) -> Callable[[PlanLifecycleError], None]:
    """Add what went wrong with ``who`` to the faults of a run."""
    return lambda error: faults.append(f"{who}: {error}")


@contextmanager
def about(**named: object) -> Iterator[None]:
    """Put what is worked on (plan, unit, obligation, letter, by their ids) beside every line of a structured log.

    Airflow's tasks write such logs, other processes where the settings ask for it: then structlog is loaded. Where
    it is not, nobody would see the names, and loading it takes longer than many a command.
    """
    bound = sys.modules.get("structlog.contextvars")
    if bound is None:
        yield
        return
    with bound.bound_contextvars(**named):
        yield


@contextmanager
def contained(who: str, tell: Callable[[PlanLifecycleError], None], **named: object) -> Iterator[None]:
    """Do something to one of many: an error is told and the next one has its turn.

    ``who`` names it in the log, as ``named`` does in a structured one (``about``). A database that takes
    nothing just now is let through (StoreBusyError): it takes nothing of the others either.
    """
    with about(**named):
        try:
            yield
        except StoreBusyError:
            raise
        except PlanLifecycleError as error:
            tell(error)
        except Exception as error:
            log.exception("%s", who)
            tell(UnforeseenError(error))
