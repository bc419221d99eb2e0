"""From the bytes of a Word file to the functions that fill its parts; everything slow happens here, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError

from plan_lifecycle.documents.render._archive import Archive, read_members
from plan_lifecycle.documents.render._errors import TemplateError
from plan_lifecycle.documents.render._finish import finisher
from plan_lifecycle.documents.render._language import LANGUAGE, MissingValueError
from plan_lifecycle.documents.render._parts import PartSource, part_sources
from plan_lifecycle.documents.render._shape import shape_of
from plan_lifecycle.documents.render._template import Part

# What an expression in a template can end in, whatever a coordinator wrote and the data hold.
_FILLING_FAILS = (
    JinjaError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


def read_archive(template: str, content: bytes) -> Archive:
    """The members of a template. Raises TemplateError where the file is not sound."""
    try:
        return Archive(read_members(content))
    except ValueError as error:
        raise TemplateError(template, str(error)) from error


def compile_parts(template: str, content: bytes) -> tuple[Part, ...]:
    """The parts that hold tags. Raises TemplateError where it is no Word document, or a tag is not well formed."""
    try:
        sources = list(part_sources(content))
    except (ValueError, LookupError, AttributeError, SyntaxError, PackageNotFoundError) as error:
        raise TemplateError(template, f"it is not a Word document: {error}") from error
    return tuple(_part(template, source) for source in sources)


def _part(template: str, part: PartSource) -> Part:
    try:
        tree = LANGUAGE.parse(part.source)
        filling = LANGUAGE.from_string(tree)
    except TemplateSyntaxError as error:
        raise TemplateError(template, f"{part.name}: {error.message}{_near(part.source, error.lineno)}") from error
    shape = shape_of(tree, part.source)
    finish = finisher(shape, body=part.body, namespaces=part.namespaces)
    before, after = part.before.encode(), part.after.encode()

    def fill(context: Mapping[str, object]) -> bytes:
        filled = _filled(filling.render, context, template, part.name, shape.fields)
        return b"".join((before, finish(filled).encode(), after))

    return Part(part.name, shape.variables, shape.required, fill)


def _filled(
    render: Callable[[Mapping[str, object]], str],
    context: Mapping[str, object],
    template: str,
    part: str,
    fields: Mapping[str, str],
) -> str:
    try:
        return render(context)
    except MissingValueError as error:
        name = error.name or "?"
        raise TemplateError.missing(template, [fields.get(name, name)]) from error
    except _FILLING_FAILS as error:
        raise TemplateError(template, f"{part} cannot be filled: {error}") from error


def _near(source: str, line: int) -> str:
    """The words of the template around a line of its markup."""
    lines = source.split("\n")[max(line - 2, 0) : line + 1]
    words = " ".join(re.sub("<[^>]*>", " ", " ".join(lines)).split())
    return f", near “{words[:120]}”" if words else ""
