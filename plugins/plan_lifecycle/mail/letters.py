"""From a context to the words of a letter: subject, text and HTML, from the templates that a coordinator may edit.

xã Bình An owes a report by 16/6/2026: ``ReminderBefore`` becomes "Nhắc thời hạn gửi trước ngày 17/6/2026: Báo cáo …".
Templates are sandboxed, know nothing that is not in the context, and are compiled once a process.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail._wording import FILTERS
from plan_lifecycle.mail.contexts import CONTEXTS, Context

PARTS = ("subject", "txt", "html")


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a recipient reads: a subject of one line, plain text, and HTML whose styles are inlined; all NFC."""

    subject: str
    text: str
    html: str


class BadTemplateError(InputError):
    """A template is missing or wrong: no letter is to blame, and each can be written once it is mended."""


class LetterTemplates:
    """The compiled templates of one folder: ``render`` words a context."""

    def __init__(self, folder: Path, *, at_once: bool = True) -> None:
        """Compile every template, or, not ``at_once``, when the first letter is worded: what words none starts sooner.

        Raises BadTemplateError that names the file which is missing or wrong, and the line.
        """
        self._folder = folder
        self._environment = environment(folder)
        if at_once:
            self.compile()

    def compile(self) -> None:
        """Compile every template. Raises BadTemplateError as at the beginning."""
        self._templates  # noqa: B018  the first look compiles them

    @cached_property
    def _templates(self) -> dict[tuple[str, str], Any]:
        return {(kind, part): self._compile(f"{kind}.{part}.j2") for kind in CONTEXTS for part in PARTS}

    def render(self, context: Context) -> LetterText:
        """Word the letter. Raises BadTemplateError where a template asks for what its context does not have."""
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        values["letter"] = context
        subject, text, html = (self._fill(context.kind, part, values) for part in PARTS)
        return LetterText(" ".join(subject.split()), _tidy(text), _inlined(html))

    def _compile(self, name: str) -> Any:
        try:
            return self._environment.get_template(name)
        except TemplateNotFound as error:
            raise BadTemplateError("a letter template", file=self._folder / name, found="no such file") from error
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            raise BadTemplateError(
                "a valid Jinja template", file=self._folder / name, line=line, found=error
            ) from error
        except UnicodeDecodeError as error:
            raise BadTemplateError("UTF-8 text", file=self._folder / name, found=error.reason) from error

    def _fill(self, kind: str, part: str, values: dict[str, object]) -> str:
        try:
            return unicodedata.normalize("NFC", self._templates[kind, part].render(values))
        except TemplateError as error:
            file = self._folder / f"{kind}.{part}.j2"
            raise BadTemplateError(f"only fields of {CONTEXTS[kind].__name__}", file=file, found=error) from error


def environment(folder: Path) -> SandboxedEnvironment:
    """The Jinja environment of letters: sandboxed, strict, escaping in HTML only."""
    jinja = SandboxedEnvironment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.filters.update(FILTERS)
    return jinja


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _inlined(html: str) -> str:
    import css_inline

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
    return inliner.inline(html.strip()) + "\n"
