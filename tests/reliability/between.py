"""What stands between us and a real server and spoils what it says: slow, cut off, silent, or somebody else.

A relay on the loopback: ``with Between(server_port, Spoil(cut_after=600)) as between`` listens at ``between.port``.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PIECE = 4096


@dataclass(frozen=True)
class Spoil:
    """What becomes of the server's words. ``times`` connections are spoilt (None: all), the others pass.

    ``cut_after`` that many bytes the connection breaks; ``slow`` seconds pass before each piece; ``silent`` lets
    nothing through; ``instead`` is said and nothing else.
    """

    cut_after: int | None = None
    slow: float = 0.0
    silent: bool = False
    instead: bytes | None = None
    times: int | None = None


class Between:
    """A context manager; ``seen`` counts its connections."""

    def __init__(self, target: int | Path, spoil: Spoil) -> None:
        self._target, self._spoil, self.seen = target, spoil, 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._listen, name="between", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    def __enter__(self) -> Between:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            _hang_up(one)
        self._thread.join()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self.seen += 1
            spoilt = self._spoil.times is None or self.seen <= self._spoil.times
            self._open.append(client)
            threading.Thread(target=self._serve, args=(client, self._spoil if spoilt else Spoil()), daemon=True).start()

    def _serve(self, client: socket.socket, spoil: Spoil) -> None:
        if spoil.silent:
            return
        if spoil.instead is not None:
            with suppress(OSError):
                client.sendall(spoil.instead)
            _hang_up(client)
            return
        server = self._connected()
        self._open.append(server)
        threading.Thread(target=_pass_on, args=(client, server, Spoil()), daemon=True).start()
        _pass_on(server, client, spoil)

    def _connected(self) -> socket.socket:
        if isinstance(self._target, int):
            return socket.create_connection(("127.0.0.1", self._target))
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self._target))
        return server


def _pass_on(source: socket.socket, target: socket.socket, spoil: Spoil) -> None:
    left = spoil.cut_after
    try:
        while data := source.recv(PIECE):
            time.sleep(spoil.slow)
            if left is not None:
                data, left = data[:left], left - len(data)
            target.sendall(data)
            if left is not None and left <= 0:
                break
    except OSError:
        pass
    finally:
        _hang_up(source)
        _hang_up(target)


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
