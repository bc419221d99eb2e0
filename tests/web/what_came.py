"""What came over the portal."""

from __future__ import annotations

from sqlalchemy import select
from tests.web.conftest import World

from plan_lifecycle.store.tables import arrival


def arrivals(world: World) -> list[tuple[str, str, str]]:
    """File name, state and sender of everything that came."""
    with world.store.read() as connection:
        rows = connection.execute(select(arrival).order_by(arrival.c.id)).all()
    return [(row.file_name, row.state, row.sender) for row in rows]
