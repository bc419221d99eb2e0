"""Mail servers with faults, for as long as a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mail.batches import Serve
from tests.mail.faulty_server import FaultyMailServer, ServerFault


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    started: list[FaultyMailServer] = []

    def start(*faults: ServerFault, **options: object) -> FaultyMailServer:
        server = FaultyMailServer(tmp_path / "mail", faults=faults, **options)  # type: ignore[arg-type]
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()
