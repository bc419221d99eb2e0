"""``plan-lifecycle scores rank``: the index of units of a table, their bands and their ranks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, Row, batch, read_table, say
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.score import Place, Score, Scoring, rank
from plan_lifecycle.domain.text import nfc

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,18})?")
_YES_NO = {"": True, "yes": True, "có": True, "no": False, "không": False}


def rank_units(
    file: Annotated[
        Path, typer.Option("--file", help="UTF-8 TSV: group, unit, maximum, points; perhaps ranked (yes, no).")
    ],
    as_json: AsJson = False,
) -> None:
    """Give each unit its index, its rank within its group and its band, in the order of the file.

    A line with neither maximum nor points is a unit not yet scored. A line that cannot be read is reported, and its
    group is classed and not ranked, as that unit could stand anywhere.
    """
    scoring = _scoring()
    with batch() as report:
        read, unsettled = _scores(file, report)
        for place in rank(read, scoring, unsettled):
            say(place_answer(place), as_json=as_json, human=place_line)


def _scoring() -> Scoring:
    """The rules as they count: the file's, or what was changed on the board. Raises InputError."""
    from plan_lifecycle.config.adjustable import Adjustable
    from plan_lifecycle.config.rules import SCORING
    from plan_lifecycle.config.scoring import read_score_rules
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.store.setting_changes import peek

    settings = Settings()
    changes = {name: value for name, value in peek(settings.database).items() if f"{name}.yaml" == SCORING}
    folder = Adjustable(settings.path(settings.config), settings.reminders).above(changes)
    return read_score_rules(folder.source(SCORING)).scoring


def _scores(file: Path, report: Callable[[InputError], None]) -> tuple[list[Score], set[str]]:
    """The scores that could be read, and the groups in which one could not."""
    read: list[Score] = []
    unsettled: set[str] = set()
    seen: dict[tuple[str, str], int] = {}
    for row in read_table(file, ["group", "unit", "maximum", "points"]):
        try:
            score = _score(row, file)
            _only_once(score, row, file, seen)
        except InputError as error:
            report(error)
            unsettled.add(_cell(row, "group"))
        else:
            read.append(score)
    return read, unsettled


def _score(row: Row, file: Path) -> Score:
    group, unit = _cell(row, "group"), _cell(row, "unit")
    if not unit:
        raise InputError("the name of a unit", file=file, line=row.line, field="unit")
    ranked = _YES_NO.get(_cell(row, "ranked").lower())
    if ranked is None:
        raise InputError("yes or no", file=file, line=row.line, field="ranked", found=_cell(row, "ranked"))
    if not _cell(row, "maximum") and not _cell(row, "points"):
        return Score(group, unit, None, None, ranked)
    maximum, points = _number(row, "maximum", file), _number(row, "points", file)
    if not maximum:
        raise InputError("more than 0", file=file, line=row.line, field="maximum", found=_cell(row, "maximum"))
    if points > maximum:
        expected = f"at most the maximum of {_cell(row, 'maximum')}"
        raise InputError(expected, file=file, line=row.line, field="points", found=_cell(row, "points"))
    return Score(group, unit, maximum, points, ranked)


def _only_once(score: Score, row: Row, file: Path, seen: dict[tuple[str, str], int]) -> None:
    first = seen.setdefault((score.group, score.unit), row.line)
    if first != row.line:
        expected = f"a unit once in its group (it stands in line {first})"
        raise InputError(expected, file=file, line=row.line, field="unit", found=score.unit)


def _cell(row: Row, name: str) -> str:
    return nfc(row.cells.get(name, "")).strip()


def _number(row: Row, name: str, file: Path) -> Decimal:
    """A number with a decimal comma or point; nothing parts its thousands."""
    text = _cell(row, name)
    if not _NUMBER.fullmatch(text):
        raise InputError("a number such as 82,78", file=file, line=row.line, field=name, found=text)
    return Decimal(text.replace(",", "."))


def place_answer(place: Place) -> dict[str, Any]:
    """A unit's place as JSON."""
    numbers = {name: as_number(getattr(place, name)) for name in ("maximum", "points", "index")}
    return {"group": place.group, "unit": place.unit, **numbers, "rank": place.rank, "band": place.band}


def as_number(number: Decimal | None) -> float | None:
    """A number as JSON has it."""
    return None if number is None else float(number)


def place_line(answer: dict[str, Any]) -> str:
    """The same for people: rank, unit, index, band."""
    return "\t".join(_told(answer))


def _told(answer: dict[str, Any]) -> Iterator[str]:
    yield "-" if answer["rank"] is None else str(answer["rank"])
    yield answer["unit"]
    yield "chưa chấm điểm" if answer["index"] is None else f"{answer['index']:.12g}%".replace(".", ",")
    yield answer["band"] or ""
