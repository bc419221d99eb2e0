"""Reading a YAML file into a pydantic model, with errors that name file, line and field.

What was changed on the board stands above what the file says: `ConfigFolder` and `ConfigFile` hold both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from plan_lifecycle.domain.errors import CombinedInputError, InputError, raise_all, unreadable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Location = tuple[int | str, ...]
"""Keys and numbers from the top of a YAML file to a value."""


class Strict(BaseModel):
    """A configuration model: unknown fields are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C, eight times as fast, where PyYAML was built with it."""

TAG = "@"
"""How the name of one of several kinds of value begins: it is no key of the file, and no place in it."""

DEEPEST = 40
"""Levels of a text from outside: twice those of the deepest file."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file of configuration as it counts: its text, and the values that stand above what the text says of them."""

    path: Path
    text: str
    changed: tuple[tuple[Location, object], ...] = ()

    def data(self) -> Any:
        """What the file says, with what stands above it. Raises yaml.YAMLError."""
        return self.said_by(self.node())

    def said_by(self, node: yaml.Node | None) -> Any:
        """The same, where the text has been taken apart already. Raises yaml.YAMLError."""
        data = None if node is None else _Loader("").construct_document(node)
        for where, value in self.changed:
            data = _put({} if data is None else data, where, value)
        return data

    def node(self) -> yaml.Node | None:
        """The text as YAML sees it, with where everything stands. Raises yaml.YAMLError."""
        node: yaml.Node | None = yaml.compose(self.text, Loader=_Loader)
        return node

    def line(self, location: Location) -> int | None:
        """The line where a value stands; None for what stands above the text."""
        if any(location[: len(where)] == where for where, _ in self.changed):
            return None
        return _line(self.node(), location)


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """The folder of configuration; of the files that ``texts`` names the text given there counts, and what ``values``
    says of a file's places stands above it. Files are named by their path below the folder."""

    path: Path
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[Location, object]] = field(default_factory=dict)

    def source(self, name: str) -> ConfigFile:
        """One file. Raises InputError where it cannot be read."""
        path = self.path / name
        text = self.texts[name] if name in self.texts else _text(path)
        return ConfigFile(path, text, tuple(self.values.get(name, {}).items()))

    def names(self, pattern: str) -> list[str]:
        """The files that fit a pattern, in order."""
        there = {str(path.relative_to(self.path)) for path in self.path.glob(pattern)}
        return sorted(there | {name for name in self.texts if Path(name).match(pattern)})


def config_folder(given: Path | ConfigFolder) -> ConfigFolder:
    """The folder with nothing above its files, where only its path is given."""
    return given if isinstance(given, ConfigFolder) else ConfigFolder(given)


def config_file(given: Path | ConfigFile) -> ConfigFile:
    """The file as it lies there, where only its path is given. Raises InputError."""
    return given if isinstance(given, ConfigFile) else ConfigFile(given, _text(given))


def read_yaml(given: Path | ConfigFile, model: type[Model]) -> Model:
    """The file as a model. Raises InputError for a file that is missing or no YAML, and for every place that does not
    fit the model."""
    source = config_file(given)
    try:
        node = source.node()
        if (circle := _leads_back(node, ())) is not None:
            raise _in_a_circle(source, circle)
        raise_all([_said_twice(source.path, key) for key in _repeated(node)])
        data = source.said_by(node)
    except yaml.YAMLError as error:
        raise _no_yaml(source.path, error) from error
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        raise CombinedInputError.of([_misfit(source, each) for each in error.errors()]) from error


def _misfit(source: ConfigFile, found: ErrorDetails) -> InputError:
    place = _in_file(found["loc"])
    line, field = source.line(place), ".".join(map(str, place)) or None
    if found["type"] == "missing":
        vi = f"Tệp {source.path}, dòng {line}: còn thiếu mục “{field}”."
        return InputError("a value, there is none", file=source.path, line=line, field=field, vi=vi)
    if found["type"] == "extra_forbidden":
        vi = f"Tệp {source.path}, dòng {line}: không có mục nào tên là “{field}”; đề nghị kiểm tra cách viết."
        return InputError("a field of another name", file=source.path, line=line, field=field, vi=vi)
    expected = found["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return InputError(expected, file=source.path, line=line, field=field, found=found["input"])


def _in_file(location: Location) -> Location:
    return tuple(step for step in location if not str(step).startswith(TAG))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError("UTF-8 text", file=path, found=error.reason) from error


def _no_yaml(path: Path, error: yaml.YAMLError) -> InputError:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    line = mark.line + 1 if mark else None
    found = error.problem if isinstance(error, yaml.MarkedYAMLError) else str(error)
    at = f", dòng {line}" if line else ""
    vi = f"Tệp {path}{at}: chưa đúng cách viết YAML; đề nghị kiểm tra dấu cách đầu dòng, dấu hai chấm, dấu ngoặc."
    return InputError("valid YAML", file=path, line=line, found=found, vi=vi)


def plain_yaml(text: str, path: Path) -> None:
    """Refuse a text from outside that refers to parts of itself or is nested without end: a few lines of it may mean
    more than there is memory for. Raises InputError."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else None
                vi = f"Tệp {path}, dòng {line}: không dùng phần dẫn chiếu (&, *) hoặc lồng quá {DEEPEST} cấp."
                raise InputError(f"no alias, at most {DEEPEST} levels", file=path, line=line, vi=vi)
    except yaml.YAMLError as error:
        raise _no_yaml(path, error) from error


def _leads_back(node: yaml.Node | None, above: tuple[yaml.Node, ...], where: Location = ()) -> Location | None:
    """The place of a reference to a part that it stands in itself; None where there is none."""
    if any(node is one for one in above):
        return where
    if isinstance(node, yaml.MappingNode):
        parts = [(key.value, value) for key, value in node.value]
    else:
        parts = list(enumerate(node.value)) if isinstance(node, yaml.SequenceNode) else []
    inside = (*above, node) if node is not None else above
    found = (_leads_back(one, inside, (*where, name)) for name, one in parts)
    return next((place for place in found if place is not None), None)


def _in_a_circle(source: ConfigFile, where: Location) -> InputError:
    line, place = source.line(where[:-1]), ".".join(map(str, where))
    vi = f"Tệp {source.path}, dòng {line}, mục “{place}”: phần này dẫn chiếu (&, *) trở lại chính nó."
    return InputError("no part that holds itself", file=source.path, line=line, field=place, vi=vi)


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Every key that stands a second time in its mapping: YAML lets the last one win and says nothing."""
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _repeated(one)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key
                seen.add(key.value)
            yield from _repeated(value)


def _said_twice(path: Path, key: yaml.ScalarNode) -> InputError:
    line = key.start_mark.line + 1
    return InputError("each field once", file=path, line=line, field=key.value, found=key.value)


def _put(data: Any, where: Location, value: object) -> Any:
    """The data with a value in its place; mappings on the way to it are made where there are none."""
    if not where:
        return value
    below = data if isinstance(data, dict) else {}
    return {**below, where[0]: _put(below.get(where[0]), where[1:], value)}


def line_of(given: Path | ConfigFile, location: Location) -> int | None:
    """The line where a value stands in a file that ``read_yaml`` has read, for checks beyond the model."""
    return config_file(given).line(location)


def _line(node: yaml.Node | None, location: Location) -> int | None:
    """The line of the nearest node on the way to ``location``."""
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            node = found
    return node.start_mark.line + 1 if node is not None else None
