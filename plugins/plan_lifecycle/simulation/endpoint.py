"""The simulated document system: ``GET /submissions?since=`` and the files, on a loopback port of its own."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that a unit handed to the document system."""

    id: str
    unit: str
    item: str
    period: str
    filename: str
    data: bytes
    received_at: datetime


class Endpoint:
    """A context manager; ``url`` is where it listens, ``hand_in`` puts a file there."""

    def __init__(self, port: int = 0) -> None:
        self._entries: dict[str, Entry] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, name="endpoint", daemon=True)

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def hand_in(self, entry: Entry) -> None:
        """Make a file available."""
        self._entries[entry.id] = entry

    def _list(self, since: str | None) -> bytes:
        after = datetime.fromisoformat(since) if since else None
        found = [entry for entry in self._entries.values() if after is None or entry.received_at >= after]
        rows = [
            {
                "id": entry.id,
                "unit": entry.unit,
                "item": entry.item,
                "period": entry.period,
                "filename": entry.filename,
                "sha256": hashlib.sha256(entry.data).hexdigest(),
                "received_at": entry.received_at.isoformat(),
                "url": f"/files/{entry.id}",
            }
            for entry in found
        ]
        return json.dumps(rows, ensure_ascii=False).encode()

    def _answer(self, path: str) -> tuple[int, str, bytes]:
        parts = urlsplit(path)
        if parts.path == "/submissions":
            return 200, "application/json", self._list(parse_qs(parts.query).get("since", [None])[0])
        entry = self._entries.get(parts.path.removeprefix("/files/"))
        if entry is None:
            return 404, "text/plain", b"not found"
        return 200, "application/octet-stream", entry.data

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, body = endpoint._answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
