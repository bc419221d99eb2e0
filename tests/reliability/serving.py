"""The units' portal in a process of its own that dies at a durable step of an upload, if the upload says so.

``python -m tests.reliability.serving URL BLOBS`` prints its port once it answers. An upload with the header
``Die-At: 3`` is the last that it takes: it kills itself (SIGKILL) at the third durable step of that request.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import uvicorn
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from plan_lifecycle.lifecycle.office import Links
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.portal import create_portal
from tests.patience import PATIENCE
from tests.reliability.dying import PYTHON, ROOT, Steps
from tests.reliability.world import NOW, by_rule

HOME = "http://127.0.0.1"
LINKS = Links(HOME, SecretStr("k" * 40))
_LEFT: ContextVar[list[int]] = ContextVar("left")


class Server:
    """A portal that is started again whenever it has died; ``port`` is where it listens now."""

    def __init__(self, url: str, blobs: Path) -> None:
        self._told = [url, str(blobs)]
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def up(self) -> None:
        """Start it if it is not running."""
        if self._process is not None and self._process.poll() is None:
            return
        command = [sys.executable, "-m", "tests.reliability.serving", *self._told]
        self._process = subprocess.Popen(command, cwd=ROOT, env=PYTHON, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        """Let it go without a word."""
        if self._process is not None:
            self._process.kill()
            self.buried()

    def buried(self) -> None:
        """Wait until it is gone that is dying."""
        if self._process is not None:
            self._process.wait(PATIENCE)


@contextmanager
def served(url: str, blobs: Path) -> Iterator[Server]:
    """A running portal."""
    server = Server(url, blobs)
    try:
        server.up()
        yield server
    finally:
        server.kill()


def _mortal(app: ASGIApp) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        _LEFT.set([int(headers.get(b"die-at", b"0"))])
        await app(scope, receive, send)

    return answer


def _is_last() -> bool:
    left = _LEFT.get([0])
    left[0] -= 1
    return left[0] == 0


def _main(url: str, blobs: str) -> None:
    store = open_store(url, Path(blobs), durable=False)
    Steps(_is_last).watch(store)
    app = create_portal(replace(by_rule(store), links=LINKS), ROOT / "templates/web", clock=lambda: NOW)
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(_mortal(app), log_level="critical", access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    _main(*sys.argv[1:])
