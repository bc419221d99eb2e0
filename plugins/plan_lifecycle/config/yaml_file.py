"""Reading a YAML file into a pydantic model, with errors that name file, line and field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from plan_lifecycle.domain.errors import CombinedInputError, InputError, raise_all


class Strict(BaseModel):
    """A configuration model: unknown fields are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C, eight times as fast, where PyYAML was built with it."""

TAG = "@"
"""How the name of one of several kinds of value begins: it is no key of the file, and no place in it."""

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """The file as a model. Raises InputError for a file that is missing or no YAML, and for every place that does not
    fit the model."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader
    except OSError as error:
        raise InputError("a readable file", file=path, found=error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError("UTF-8 text", file=path, found=error.reason) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError("valid YAML", file=path, line=line, found=error.problem) from error
    raise_all([_said_twice(path, key) for key in _repeated(node)])
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        problems = [
            InputError(
                each["msg"].removeprefix("Value error, "),
                file=path,
                line=_line(node, place := _in_file(each["loc"])),
                field=".".join(map(str, place)) or None,
                found=each["input"] if each["type"] != "missing" else None,
            )
            for each in error.errors()
        ]
        raise CombinedInputError.of(problems) from error


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


def _in_file(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return tuple(step for step in location if not str(step).startswith(TAG))


def line_of(path: Path, location: tuple[int | str, ...]) -> int | None:
    """The line where a value stands in a file that ``read_yaml`` has read, for checks beyond the model."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader), location)


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int | None:
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
