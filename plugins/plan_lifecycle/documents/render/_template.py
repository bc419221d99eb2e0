"""A compiled template: read once, filled any number of times, from any thread.

Nothing here imports Jinja or docxtpl: who only writes letters or answers a command does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.documents.render._archive import Archive
from plan_lifecycle.documents.render._errors import TemplateError
from plan_lifecycle.domain.chart import Chart


class Part(NamedTuple):
    """A member of the Word file that holds tags. ``required`` are those of its ``variables`` without a substitute."""

    name: str
    variables: frozenset[str]
    required: frozenset[str]
    fill: Callable[[Mapping[str, object]], bytes]


class Template:
    """One Word template, ready to be filled. Made by ``compile_template``."""

    def __init__(self, name: str, archive: Archive, parts: tuple[Part, ...]) -> None:
        self.name = name
        self._archive = archive
        self._parts = parts
        self._variables = frozenset[str]().union(*(part.variables for part in parts))
        self._required = frozenset[str]().union(*(part.required for part in parts))

    @property
    def variables(self) -> frozenset[str]:
        """The names that the template takes from outside, in all its parts."""
        return self._variables

    def render(self, context: Mapping[str, object], charts: Mapping[str, Chart] | None = None) -> bytes:
        """The finished .docx: same template and data, same bytes. ``charts`` by what describes them in it; without
        them the template's own stay as they are.

        Raises TemplateError, before anything is made, where ``context`` lacks a variable, and where a value or a
        field of one cannot be had.
        """
        if missing := self._required - context.keys():
            raise TemplateError.missing(self.name, sorted(missing))
        members: dict[str, bytes | None] = {part.name: part.fill(context) for part in self._parts}
        if charts is not None and self._archive.draws:
            members |= _with_charts(self._parts[0].name, members, charts, self._archive)
        return self._archive.write(members)


def _with_charts(
    body: str, members: Mapping[str, bytes | None], charts: Mapping[str, Chart], archive: Archive
) -> dict[str, bytes | None]:
    from plan_lifecycle.documents.render._charts import with_charts

    return with_charts(body, members[body] or b"", charts, archive.member)


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
    from plan_lifecycle.documents.render._compiling import compile_parts, read_archive

    return Template(name, read_archive(name, content), compile_parts(name, content))
