"""What the rest of the package knows of the database: a connection to hand on, and the two ways in which it says no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from plan_lifecycle.domain.errors import PlanLifecycleError

__all__ = ["Connection", "StoreBusyError", "StoreError", "StoreRefusedError", "in_our_words", "moment_of"]

_BUSY = (OperationalError, InterfaceError, TimeoutError)


class StoreError(PlanLifecycleError):
    """The database cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """The database takes nothing just now: it is held, full or gone. The same may go through later."""


class StoreRefusedError(StoreError):
    """The database does not take this: a value that it cannot hold, or one that breaks a rule of its tables."""


def moment_of(connection: Connection) -> datetime:
    """The moment by the database's own clock."""
    asked = "SELECT now()" if connection.dialect.name == "postgresql" else "SELECT strftime('%Y-%m-%d %H:%M:%f')"
    found = connection.exec_driver_sql(asked).scalar_one()
    return found if isinstance(found, datetime) else datetime.fromisoformat(found).replace(tzinfo=UTC)


_BUSY_NOW = "Cơ sở dữ liệu đang bận hoặc chưa kết nối được; đề nghị thử lại sau ít phút."


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what the database says into StoreBusyError or StoreRefusedError, without the statement and its values."""
    try:
        yield
    except _BUSY as error:
        raise StoreBusyError(_first_line(error), vi=_BUSY_NOW) from error
    except SQLAlchemyError as error:
        raise StoreRefusedError(_first_line(error)) from error


def _first_line(error: SQLAlchemyError) -> str:
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().partition("\n")[0] or type(said).__name__
