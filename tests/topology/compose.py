"""docker-compose.yaml as its engine reads it: anchors, variables, replicas; one part for every container."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from plan_lifecycle.settings import ROOT

COMPOSE, DOCKERFILE = ROOT / "docker-compose.yaml", ROOT / "Dockerfile"
PRODUCTION = ROOT / "build/production"
"""What requirements/celery.txt says, and nothing else."""
NUMBERS = {"replicas"}
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


@dataclass(frozen=True)
class Part:
    """One container: what it runs, in which environment, how its health is asked, and whom it waits for.

    ``health`` is a command as compose writes it, ``CMD`` or ``CMD-SHELL`` first; empty where there is none.
    ``waits_for`` holds the condition of each service that it needs.
    """

    name: str
    service: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    health: tuple[str, ...]
    waits_for: Mapping[str, str]


def read_parts(given: Mapping[str, str], path: Path = COMPOSE) -> list[Part]:
    """Every container of production, those of one service numbered. Raises KeyError for a required line."""
    services = filled(yaml.safe_load(path.read_text(encoding="utf-8")), given)["services"]
    found = []
    for service, told in services.items():
        if told.get("profiles"):
            continue
        replicas = told.get("deploy", {}).get("replicas", 1)
        names = [service] if replicas == 1 else [f"{service}-{number}" for number in range(1, replicas + 1)]
        found += [_part(name, service, told) for name in names]
    return found


def _part(name: str, service: str, told: Mapping[str, Any]) -> Part:
    return Part(
        name=name,
        service=service,
        command=tuple(map(str, told.get("command", ()))),
        environment={key: str(value) for key, value in told.get("environment", {}).items()},
        health=tuple(told.get("healthcheck", {}).get("test", ())),
        waits_for={needed: how["condition"] for needed, how in told.get("depends_on", {}).items()},
    )


def image_environment() -> dict[str, str]:
    """What the Dockerfile sets for every process of ours."""
    block = re.search(r"(?m)^ENV ((?:.*\\\n)*.*)$", DOCKERFILE.read_text(encoding="utf-8"))
    assert block is not None
    return dict(pair.split("=", 1) for pair in block[1].replace("\\\n", " ").split())


def filled(value: Any, given: Mapping[str, str]) -> Any:
    """The file with its variables filled in: what .env gives, else the default; ``$$`` is a dollar sign.

    What compose takes for a number, once it is filled in, is one.
    """
    if isinstance(value, dict):
        found = {key: filled(each, given) for key, each in value.items()}
        return found | {key: int(found[key]) for key in NUMBERS & set(found)}
    if isinstance(value, list):
        return [filled(each, given) for each in value]
    return VARIABLE.sub(lambda found: _value(found, given), value) if isinstance(value, str) else value


def _value(found: re.Match[str], given: Mapping[str, str]) -> str:
    if found[0] == "$$":
        return "$"
    if found["kind"] == "-":
        return given.get(found["name"]) or found["rest"]
    return given[found["name"]]
