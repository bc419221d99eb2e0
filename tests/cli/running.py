"""A command that ran: how it ended, and its answers held against their schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jsonschema

from plan_lifecycle.settings import ROOT


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def schema(command: str) -> dict[str, Any]:
    return json.loads((ROOT / f"docs/schemas/{command}.json").read_text(encoding="utf-8"))


def answers(ran: Ran, *commands: str) -> list[dict[str, Any]]:
    """The lines of a run, each held against the schema of its command."""
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert len(lines) == len(commands), ran
    for line, command in zip(lines, commands, strict=True):
        jsonschema.validate(line, schema(command))
    return lines


def hold_to_schema(ran: Ran, arguments: tuple[str, ...]) -> None:
    """Hold what a command answered in JSON against its schema, where it has one; with --send it answers for two."""
    alone = "--json" in arguments and "--send" not in arguments
    named = {"-".join(arguments[:2]), arguments[0]} if alone else set()
    for command in named:
        if (ROOT / f"docs/schemas/{command}.json").exists():
            for line in ran.out.splitlines():
                jsonschema.validate(json.loads(line), schema(command))
