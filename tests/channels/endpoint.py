"""An endpoint that serves entries and files, with whatever fault a test gives it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.factories import day

from plan_lifecycle.channels import ChannelError, ChannelFault
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.domain.submission import Arrival

NOW = day("2023-02-20")
DATA = b"bytes of a report"
Answer = tuple[int, dict[str, str], bytes]


def entry(**changed: object) -> dict[str, Any]:
    made = {
        "id": "e-1",
        "unit": "bb-binh-an",
        "item": "report",
        "period": "2023-H1",
        "filename": "bao-cao.xlsx",
        "sha256": hashlib.sha256(DATA).hexdigest(),
        "received_at": "2023-02-19T08:00:00+07:00",
        "url": "/files/e-1",
    }
    return made | changed


def listing(*entries: object) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(list(entries)).encode()


def plain(data: bytes = DATA, status: int = 200, **headers: str) -> Answer:
    return status, {"Content-Type": "application/octet-stream"} | headers, data


class Server:
    """Answers each path with what it is told, one after the other, the last for ever; remembers what was asked."""

    def __init__(self, **answers: Answer | list[Answer]) -> None:
        self.answers = {path: each if isinstance(each, list) else [each] for path, each in answers.items()}
        self.asked: list[tuple[str, str | None]] = []

    def answer(self, path: str, authorization: str | None) -> Answer:
        self.asked.append((path, authorization))
        answers = self.answers.get("list" if path.startswith("/api/submissions") else "file", [plain(b"", 404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def served(server: Server) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = server.answer(self.path, self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.server_address[1]}/api"
        finally:
            listening.shutdown()  # a closed server that was not told to stop asks for ever, and takes the whole core


def asked(
    server: Server, *, since: datetime | None = None, known: frozenset[str] = frozenset(), token: str | None = None
) -> list[Arrival | ChannelFault]:
    with served(server) as url:
        return list(
            HttpChannel(url, token=token, retries=2, sleep=lambda _: None).arrivals(now=NOW, since=since, known=known)
        )


def fault(server: Server) -> str:
    (only,) = asked(server)
    assert isinstance(only, ChannelFault)
    return only.reason


def refused(server: Server) -> str:
    with pytest.raises(ChannelError) as told:
        asked(server)
    return str(told.value)
