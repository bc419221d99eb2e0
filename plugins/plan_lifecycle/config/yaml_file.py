"""Reading a YAML file into a pydantic model, with errors that name file, line and field."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from plan_lifecycle.domain.errors import InputError


class Strict(BaseModel):
    """A configuration model: unknown fields are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """The file as a model. Raises InputError for a file that is missing, no YAML, or does not fit the model."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except OSError as error:
        raise InputError("a readable file", file=path, found=error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError("UTF-8 text", file=path, found=error.reason) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError("valid YAML", file=path, line=line, found=error.problem) from error
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or None
        found = first["input"] if first["type"] != "missing" else None
        raise InputError(first["msg"], file=path, line=_line(node, first["loc"]), field=field, found=found) from error


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
