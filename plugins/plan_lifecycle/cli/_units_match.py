"""``plan-lifecycle units match``: whom a phrase addresses, and which units of a province those are."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, TableFile, iso_date
from plan_lifecycle.cli._phrases import answer_phrases
from plan_lifecycle.domain.audience import match, read_audience
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import KIND_WORDS, UnitTree

_AUDIENCES = {"all": "tất cả các cơ quan, đơn vị, địa phương", **KIND_WORDS}
_ROLES = {"ordered": "yêu cầu", "requested": "đề nghị", "via": "qua", "head": "người đứng đầu"}


def match_units(
    phrase: Annotated[str | None, typer.Argument(help="One phrase: “UBND các xã, thị trấn”.")] = None,
    file: TableFile = None,
    under: Annotated[str | None, typer.Option(help="Find the units meant below this one, by its id.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day whose tree is meant, YYYY-MM-DD; without it today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read whom a phrase addresses (or each of a table with the column `phrase`); with --under, find the units."""
    day = iso_date(as_of, field="--as-of")
    tree = _tree_with(under, day) if under else None
    answer_phrases(phrase, file, partial(_answer, tree=tree, under=under), as_json=as_json, human=_for_people)


def _answer(phrase: str, *, tree: UnitTree | None, under: str | None) -> dict[str, Any]:
    audience = read_audience(phrase)
    answer: dict[str, Any] = {
        "phrase": phrase,
        "audiences": audience.audiences,
        "roles": audience.roles,
        "named": audience.named,
        "units": (),
        "needs_decision": audience.needs_decision,
        "reasons": audience.reasons,
    }
    if tree is not None and under is not None:
        found = match(audience, tree, under)
        answer |= {"units": found.units, "needs_decision": found.needs_decision, "reasons": found.reasons}
    return answer


def _tree_with(under: str, day: date | None) -> UnitTree:
    tree = load_tree(day)
    if under not in tree:
        raise InputError(f"a unit that exists on {tree.day}", field="--under", found=under)
    return tree


def load_tree(day: date | None) -> UnitTree:
    """The stored tree as of ``day``, or of today. Raises StoreError where the store cannot be opened."""
    from plan_lifecycle.domain.clock import LOCAL
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.units import load_tree as load
    from plan_lifecycle.store_wiring import store_of

    settings = Settings()
    store = store_of(settings)
    try:
        with store.read() as connection:
            return load(connection, day or datetime.now(LOCAL).date())
    finally:
        store.close()


def _for_people(answer: dict[str, Any]) -> str:
    roles = ", ".join(f"{_AUDIENCES[audience]} ({_ROLES[role]})" for audience, role in answer["roles"].items())
    lines = [f"{answer['phrase']}: {roles or 'chưa xác định'}"]
    if answer["units"]:
        lines.append(f"  {len(answer['units'])} đơn vị: {', '.join(answer['units'])}")
    return "\n".join([*lines, *(f"  Cần quyết định: {reason}" for reason in answer["reasons"])])
