"""``plan-lifecycle target``: what a quantitative target asks for, as a phrase of a plan words it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, TableFile, plain
from plan_lifecycle.cli._phrases import answer_phrases
from plan_lifecycle.domain.target import Target, read_target

app = typer.Typer(add_completion=False)

_NONE = {"comparison": None, "value": None, "upper": None, "is_ratio": False, "unit": None, "per": None, "by": None}
_PER = {"month": "tháng", "quarter": "quý", "half_year": "6 tháng", "year": "năm", "unit": "đơn vị"}


@app.command()
def target(
    phrase: Annotated[str | None, typer.Argument(help="One phrase: “ít nhất 05 tin, bài/tháng”.")] = None,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Read the target in a phrase, or in each line of a table with the column `phrase`; null where there is none."""
    answer_phrases(phrase, file, _answer, as_json=as_json, human=_for_people)


def _answer(phrase: str) -> dict[str, Any]:
    found = read_target(phrase)
    return {"phrase": phrase, **({**_NONE, "others": []} if found is None else _fields(found))}


def _fields(found: Target) -> dict[str, Any]:
    fields: dict[str, Any] = plain(found)
    return fields


def _for_people(answer: dict[str, Any]) -> str:
    if answer["comparison"] is None:
        return f"{answer['phrase']}: không có chỉ tiêu định lượng"
    return f"{answer['phrase']}: " + "; ".join(_shown(each) for each in _flat(answer))


def _flat(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield answer
    yield from answer["others"]


def _shown(each: dict[str, Any]) -> str:
    amount = f"{each['value']:g}" if each["upper"] is None else f"{each['value']:g} - {each['upper']:g}"
    sign = "" if each["comparison"] == "range" else f"{each['comparison']} "
    shown = f"{sign}{amount}".replace(".", ",") + ("%" if each["is_ratio"] else "")
    shown += f" {each['unit']}" if each["unit"] else ""
    shown += f"/{_PER[each['per']]}" if each["per"] else ""
    return shown + (f" (đến {each['by']})" if each["by"] else "")
