"""The board over a filled store, in a process of its own; beside it a page that is only read from memory.

``python -m bench.board_server FOLDER`` prints its port once it answers. Everybody may do everything. ``/ghi`` commits
something, as a DAG's task does, so that no page may show what it read before.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response
from tests.factories import ROOT

from bench.board_land import NOW, settings_in
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.store.tables import letter
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards, Person


def everybody() -> Person:
    """Whoever comes."""
    return Person("Trần Thị Hoa", decides=True)


def main(folder: Path) -> None:
    """Serve until stopped: the board below ``/bang``, at ``/trang?so=N`` a page of so many bytes."""
    app, guards = FastAPI(), Guards(everybody, everybody)

    @app.get("/trang")
    def page(so: int) -> Response:
        return HTMLResponse("a" * so)

    with open_office(settings_in(folder)) as office:

        @app.get("/ghi")
        def write() -> Response:  # a value that is the same would be no write to SQLite
            with office.store.write() as connection:
                connection.execute(letter.update().where(letter.c.id == 1).values(attempts=letter.c.attempts + 1))
            return HTMLResponse("")

        app.mount("/bang", create_board(office, ROOT / "templates", ROOT / "config", guards=guards, clock=lambda: NOW))
        listening = socket.create_server(("127.0.0.1", 0))
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
