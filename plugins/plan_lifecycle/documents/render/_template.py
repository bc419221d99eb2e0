"""A compiled template: read once, filled any number of times, from any thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError
from jinja2.environment import Template as JinjaTemplate

from plan_lifecycle.documents.render._archive import Archive, read_members
from plan_lifecycle.documents.render._errors import TemplateError
from plan_lifecycle.documents.render._language import LANGUAGE, MissingValueError
from plan_lifecycle.documents.render._parts import PartSource, part_sources
from plan_lifecycle.documents.render._shape import Shape, shape_of


class _Part(NamedTuple):
    name: str
    before: bytes
    filling: JinjaTemplate
    finish: Callable[[str], str]
    after: bytes
    shape: Shape


class Template:
    """One Word template, ready to be filled. Made by ``compile_template``."""

    def __init__(self, name: str, archive: Archive, parts: tuple[_Part, ...]) -> None:
        self.name = name
        self._archive = archive
        self._parts = parts
        self.variables = frozenset().union(*(part.shape.variables for part in parts))
        self._required = frozenset().union(*(part.shape.required for part in parts))

    def render(self, context: Mapping[str, object]) -> bytes:
        """The finished .docx: same template and data, same bytes.

        Raises TemplateError, before anything is made, where ``context`` lacks a variable, and where a value or a
        field of one cannot be had.
        """
        if missing := self._required - context.keys():
            raise TemplateError.missing(self.name, sorted(missing))
        return self._archive.write({part.name: self._fill(part, context) for part in self._parts})

    def _fill(self, part: _Part, context: Mapping[str, object]) -> bytes:
        try:
            filled = part.filling.render(context)
        except MissingValueError as error:
            name = error.name or "?"
            raise TemplateError.missing(self.name, [part.shape.fields.get(name, name)]) from error
        except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise TemplateError(self.name, f"{part.name} cannot be filled: {error}") from error
        return b"".join((part.before, part.finish(filled).encode(), part.after))


def compile_template(path: Path) -> Template:
    """The template in a file, compiled once for each content of it.

    Raises TemplateError where the file cannot be read, is no Word document, or its tags are not well formed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateError(path.name, f"the file cannot be read: {error.strerror}") from error
    return _compiled(path.name, content)


@lru_cache(maxsize=32)
def _compiled(name: str, content: bytes) -> Template:
    try:
        archive = Archive(read_members(content))
        sources = list(part_sources(content))
    except (ValueError, LookupError, AttributeError, SyntaxError, PackageNotFoundError) as error:
        raise TemplateError(name, f"the file cannot be read: {error}") from error
    return Template(name, archive, tuple(_compiled_part(name, source) for source in sources))


def _compiled_part(template: str, part: PartSource) -> _Part:
    from plan_lifecycle.documents.render._finish import finisher

    try:
        tree = LANGUAGE.parse(part.source)
        filling = LANGUAGE.from_string(tree)
    except TemplateSyntaxError as error:
        raise TemplateError(template, f"{part.name}: {error.message}{_near(part.source, error.lineno)}") from error
    shape = shape_of(tree, part.source)
    return _Part(
        name=part.name,
        before=part.before.encode(),
        filling=filling,
        finish=finisher(shape, body=part.body, namespaces=part.namespaces),
        after=part.after.encode(),
        shape=shape,
    )


def _near(source: str, line: int) -> str:
    """The words of the template around a line of its markup."""
    lines = source.split("\n")[max(line - 2, 0) : line + 1]
    words = " ".join(re.sub("<[^>]*>", " ", " ".join(lines)).split())
    return f", near “{words[:120]}”" if words else ""
