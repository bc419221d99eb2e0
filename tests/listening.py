"""What listens: the addresses at which processes of ours, and whatever they have started, can be reached."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

import psutil


class Listening(NamedTuple):
    """One address at which a process takes connections."""

    host: str
    port: int
    process: str


def listening(processes: Iterable[psutil.Process] = ()) -> set[Listening]:
    """The addresses of these processes, of this one and of all that it has started."""
    here = psutil.Process()
    return {each for process in (here, *here.children(recursive=True), *processes) for each in addresses_of(process)}


def addresses_of(process: psutil.Process) -> set[Listening]:
    """The addresses at which one process takes connections; none of one that has ended since."""
    with suppress(psutil.NoSuchProcess):
        name, sockets = process.name(), process.net_connections("tcp")
        return {
            Listening(each.laddr.ip, each.laddr.port, name) for each in sockets if each.status == psutil.CONN_LISTEN
        }
    return set()


def free_port() -> int:
    """A port of the loopback that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
