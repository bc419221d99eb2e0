"""What all tables share: the names of their constraints, and how moments are kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator

from plan_lifecycle.domain.clock import LOCAL

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment: stored as naive UTC (SQLite keeps no zone), handed out in local time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """To naive UTC. Raises ValueError for a moment without a zone: whose time it is would be a guess."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value.isoformat()}")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To local time."""
        return None if value is None else value.replace(tzinfo=UTC).astimezone(LOCAL)
