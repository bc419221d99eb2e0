"""A file of configuration is taken apart once, for what it says and for where it says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_lifecycle.config import yaml_file
from plan_lifecycle.config.yaml_file import Strict, read_yaml
from plan_lifecycle.domain.errors import InputError


class Pair(Strict):
    """Two values, one of which may refer to the other."""

    one: list[int]
    two: list[int]


def written(folder: Path, text: str) -> Path:
    file = folder / "pair.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_sound_file_is_taken_apart_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    class Counting(yaml_file._Loader):  # type: ignore[misc, name-defined]
        def __init__(self, text: str) -> None:
            super().__init__(text)
            texts.append(text)

    monkeypatch.setattr(yaml_file, "_Loader", Counting)
    text = "one: &these [1, 2]\ntwo: *these\n"
    assert read_yaml(written(tmp_path, text), Pair) == Pair(one=[1, 2], two=[1, 2])
    assert texts.count(text) == 1


@pytest.mark.parametrize("text", ["one: [1\n", "one: !!python/name:os.system [1]\ntwo: []\n"])
def test_what_is_no_plain_yaml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as told:
        read_yaml(written(tmp_path, text), Pair)
    assert told.value.line is not None
