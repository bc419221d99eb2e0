"""Columns and endpoints in config/sources.yaml: what is wrong is told by file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import ROOT

from plan_lifecycle.config.sources import Sources, read_sources
from plan_lifecycle.domain.errors import InputError

GOOD = """\
hosts: [binhan.example.vn, bacbinh.example.vn]
publications:
- {unit: bb-binh-an, quota: 5, feed: "https://binhan.example.vn/rss"}
- {unit: bb-binh-an, page: "https://bacbinh.example.vn/binh-an", items: li, date: i, next: a.sau, pages: 3}
- {unit: bb, feed: "https://bacbinh.example.vn/rss"}
endpoints:
- {name: truc, url: "https://truc.example.vn/api", token: AXIS_TOKEN, allow_private: true, ca_file: axis.pem}
- {name: bac-binh, url: "https://bacbinh.example.vn/api", units: [bb, bb-binh-an]}
"""


def read(folder: Path, text: str) -> Sources:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_what_is_shipped_asks_nobody() -> None:
    found = read_sources(ROOT / "config/sources.yaml")
    assert (found.publications, found.endpoints, found.final_after) == ((), (), 5)


def test_without_the_file_nobody_is_asked(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "sources.yaml") == read_sources(None) == Sources()


def test_a_units_columns_go_together_and_its_quota_is_one(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert {unit: len(columns) for unit, columns in found.columns().items()} == {"bb-binh-an": 2, "bb": 1}
    assert (found.quota_of("bb-binh-an"), found.quota_of("bb")) == (5, None)


def test_an_endpoint_is_recorded_under_a_name_of_its_own(tmp_path: Path) -> None:
    assert [each.channel for each in read(tmp_path, GOOD).endpoints] == ["http:truc", "http:bac-binh"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("quota: 5", "quota: 0", 3, "publications.0.quota"),
        ("hosts: [binhan.example.vn,", "hosts: [", 3, "publications.0.feed"),
        ("https://binhan.example.vn/rss", "file:///etc/passwd", 3, "publications.0.feed"),
        ("https://binhan.example.vn/rss", "https://u:p@binhan.example.vn/rss", 3, "publications.0.feed"),
        ("items: li", "items: 'li['", 4, "publications.1.items"),
        ("items: li, ", "", 4, "publications.1"),
        ("pages: 3", "pages: 99", 4, "publications.1.pages"),
        ("pages: 3", "quota: 4", 4, "publications.1.quota"),
        ('bb, feed: "https://bacbinh.example.vn/rss"', "bb", 5, "publications.2"),
        ("name: truc", "name: Trục", 7, "endpoints.0.name"),
        ("name: truc", "name: truc-van-ban-tinh", 7, "endpoints.0.name"),
        ("token: AXIS_TOKEN", "token: 'bí mật'", 7, "endpoints.0.token"),
        ("name: bac-binh", "name: truc", 8, "endpoints.1.name"),
        ("bacbinh.example.vn/api", "bacbinh.example.vn/api?key=1", 8, "endpoints.1.url"),
        ("units: [bb, bb-binh-an]", "units: []", 8, "endpoints.1.units"),
        ("endpoints:", "endpoint:", 7, "endpoint"),
        ("hosts:", "final_after: 0\nhosts:", 1, "final_after"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_field(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD.replace(old, new))
    error = told.value
    assert f"line {line}, field '{field}'" in str(error)
    assert "sources.yaml" in str(error)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read(tmp_path, GOOD.replace("name: bac-binh", "name: truc").replace("binhan.example.vn, ", ""))
    assert len(str(told.value).splitlines()) == 2
