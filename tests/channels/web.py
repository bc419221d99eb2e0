"""A web server on the loopback that does exactly as it is told, byte by byte, and who asks it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.patience import PATIENCE

from plan_lifecycle.channels import ChannelError
from plan_lifecycle.channels.fetch import Allowed, Fetched, Web

HOST = "127.0.0.1"
MOST = 1_000_000
OPEN = Allowed((HOST, "localhost"), private=True)
HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
Script = Callable[["Talk"], None]


@dataclass
class Talk:
    """One request as it came, and the way back."""

    request: bytes
    connection: socket.socket
    over: threading.Event

    @property
    def path(self) -> str:
        """What was asked for."""
        return self.request.split(b" ")[1].decode()

    def header(self, name: str) -> str | None:
        """The value of a header of the request."""
        for line in self.request.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None

    def send(self, *pieces: bytes, every: float = 0.0) -> None:
        """Send pieces, so many seconds apart, until the other side hangs up."""
        for piece in pieces:
            self.connection.sendall(piece)
            if every and self.over.wait(every):
                return

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """A whole answer."""
        given = {"Content-Length": str(len(body))} | {name.replace("_", "-"): text for name, text in headers.items()}
        head = "".join(f"{name}: {text}\r\n" for name, text in given.items())
        self.send(f"HTTP/1.1 {status} x\r\n{head}Connection: close\r\n\r\n".encode(), body)


@dataclass
class Served:
    """A server at work: its address, the requests that it had, and those that it dealt with to the end."""

    url: str
    port: int
    asked: list[Talk] = field(default_factory=list)
    done: list[Talk] = field(default_factory=list)


@contextmanager
def serving(*scripts: Script, tls: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Each connection is dealt with by the next script, the last for ever."""
    over = threading.Event()
    listening = socket.create_server((HOST, 0))
    port = listening.getsockname()[1]
    served = Served(f"{'https' if tls else 'http'}://{HOST}:{port}", port)
    left = list(scripts)

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            script = left.pop(0) if len(left) > 1 else left[0]
            threading.Thread(target=deal, args=(connection, script), daemon=True).start()

    def deal(connection: socket.socket, script: Script) -> None:
        try:
            with tls.wrap_socket(connection, server_side=True) if tls else connection as wrapped:
                request = b""
                while b"\r\n\r\n" not in request and (piece := wrapped.recv(65_536)):
                    request += piece
                if request:
                    talk = Talk(request, wrapped, over)
                    served.asked.append(talk)
                    script(talk)
                    served.done.append(talk)
        except OSError:
            return

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def pieces(data: bytes, size: int = 1) -> Iterable[bytes]:
    """Data in small parts."""
    return (data[start : start + size] for start in range(0, len(data), size))


def get(url: str, allowed: Allowed = OPEN, *, most: int = MOST, seconds: float = PATIENCE, **asked: Any) -> Fetched:
    """Ask once."""
    with Web(allowed, seconds=seconds, retries=0) as web:
        return web.get(url, most=most, **asked)


def why(url: str, allowed: Allowed = OPEN, **asked: Any) -> str:
    """Ask once; why it is refused."""
    with pytest.raises(ChannelError) as told:
        get(url, allowed, **asked)
    return str(told.value)


def says(body: bytes = b"", status: int = 200, **headers: str) -> Script:
    """The same answer to everything."""
    return lambda talk: talk.answer(body, status, **headers)
