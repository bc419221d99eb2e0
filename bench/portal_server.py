"""The portal over a filled store, in a process of its own; or, as its peer, a page that only lets in and stores.

``python -m bench.portal_server FOLDER ours|bare`` prints its port once it answers.
"""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp
from tests.factories import ROOT

from bench.country import NOW, office_on
from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.store import arrivals
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.web.portal import create_portal


def bare(store: Store) -> ASGIApp:
    """Takes any file without asking whose it is: gate, blob, one row. Nothing is read, filed or receipted."""

    def keep(name: str, data: bytes) -> None:
        assert inspect(data, name=name, purpose=Purpose.EVIDENCE).accepted
        blob = store.blobs.put(data)
        with store.write() as connection:
            arrivals.record(connection, Arrival("bare", blob, NOW, name, data), blob)

    async def take_in(request: Request) -> Response:
        if request.method == "GET":
            return PlainTextResponse("")
        async with request.form() as form:
            file = form["tep"]
            assert not isinstance(file, str)
            await run_in_threadpool(keep, file.filename or "", await file.read())
        return RedirectResponse("/", 303)

    return Starlette(routes=[Route("/", take_in, methods=["GET", "POST"])])


def main(folder: Path, which: str) -> None:
    """Serve until stopped; ours reads papers in processes of their own, as every portal does."""
    store = open_store(f"sqlite:///{folder / 'store.db'}", folder / "blobs")
    listening = socket.create_server(("127.0.0.1", 0))
    app = bare(store) if which == "bare" else _ours(store)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


def _ours(store: Store) -> ASGIApp:
    readers, opened = ReaderPool(), ExitStack()
    opened.callback(readers.close)
    app = create_portal(replace(office_on(store), bounded=readers), ROOT / "templates/web", clock=lambda: NOW)
    app.state.opened = opened
    return app


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
