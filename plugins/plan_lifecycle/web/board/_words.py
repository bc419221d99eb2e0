"""Airflow's own pages in Vietnamese, where the settings ask for it: its English words are answered with ours over them.

Airflow has no Vietnamese and takes no further language. What it serves as English is read, our words
(``templates/airflow``) are put in where it has the same key, and the rest stays as it is: a new version of Airflow may
show more English, and breaks nothing. Every request of Airflow passes here, so nothing is imported before it is needed.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plan_lifecycle.web.headers import App, Receive, Scope, Send

ENGLISH = "/static/i18n/locales/en/"
"""Below which Airflow's pages ask for their words, in files by subject."""
_UNWANTED = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
_REWRITTEN = frozenset({b"content-length", b"etag", b"last-modified", b"cache-control"})


class Words:
    """A middleware around all of Airflow that answers its English words with Vietnamese ones."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        subject = _subject(scope)
        words = _wanted().get(subject) if subject else None
        if words is None:
            await self._app(scope, receive, send)
            return
        whole = {**scope, "headers": [each for each in scope["headers"] if each[0] not in _UNWANTED]}
        await self._app(whole, receive, _Answer(words, send).send)


class _Answer:
    """Airflow's answer, held back until it is whole."""

    def __init__(self, words: dict[str, Any], send: Send) -> None:
        self._words, self._send = words, send
        self._start: dict[str, Any] = {}
        self._body = bytearray()

    async def send(self, message: Any) -> None:
        """Take a part of the answer; pass it on with our words when it is whole and there was one."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = bytes(self._body)
        if self._start["status"] == 200:
            body = json.dumps(merged(json.loads(body), self._words), ensure_ascii=False).encode()
        headers = [each for each in self._start["headers"] if each[0].lower() not in _REWRITTEN]
        headers += [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-cache")]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def merged(shipped: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """The shipped words with ours over them, where both have a text under the same key."""
    found = dict(shipped)
    for key, word in words.items():
        there = shipped.get(key)
        if isinstance(there, dict) and isinstance(word, dict):
            found[key] = merged(there, word)
        elif isinstance(there, str) and isinstance(word, str):
            found[key] = word
    return found


def _subject(scope: Scope) -> str:
    """Of what the words are that are asked for: "common"; empty for any other request."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    before, found, name = str(scope["path"]).partition(ENGLISH)
    below = before in ("", str(scope.get("root_path", "")))
    return name.removesuffix(".json") if found and below and name.endswith(".json") else ""


def _wanted() -> dict[str, dict[str, Any]]:
    """Our words by subject; none where the settings do not ask for them."""
    from plan_lifecycle.settings import Settings

    settings = Settings()
    return _read(settings.path(settings.templates) / "airflow/vi.yaml") if settings.airflow_vietnamese else {}


@lru_cache(maxsize=1)
def _read(path: Path) -> dict[str, dict[str, Any]]:
    import yaml

    words: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words
