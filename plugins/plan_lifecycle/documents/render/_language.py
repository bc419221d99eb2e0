"""The template language: Jinja as docxtpl documents it, in a sandbox, strict about names, escaping every value.

Two places are hot, a value written and a field read, and both take a short way for plain data; everything else goes
through Jinja's own sandbox.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.nodes import Expr
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import escape

# Values of these types have neither methods that a sandbox must wrap nor a way to the interpreter.
_PLAIN = frozenset({str, int, float, bool, tuple, date})
# What XML 1.0 cannot hold; docxtpl gives a meaning to bell and form feed (paragraph, page).
_FORBIDDEN = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class MissingValueError(UndefinedError):
    """A name that the data do not have; ``name`` without what stands before its dot."""

    def __init__(self, name: str | None, message: str | None = None) -> None:
        super().__init__(message)
        self.name = name


class _Missing(StrictUndefined):
    """A missing value: an error in any use, which knows the name."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        report: Any = exc if exc is SecurityError else partial(MissingValueError, name)
        super().__init__(hint, obj, name, report)


class _Writer(CodeGenerator):
    """Jinja's compiler, writing values through ``Language.fill`` where it would call ``escape``."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.fill(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Language(ImmutableSandboxedEnvironment):
    """The environment that all templates share. Data cannot be altered, internals cannot be reached."""

    code_generator_class = _Writer

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Missing, auto_reload=False, cache_size=0)

    @staticmethod
    def fill(value: object) -> str:
        """The value as XML text. Line breaks and tabs pass through: the document gives them their form afterwards."""
        if type(value) is str:
            harmless = not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value)
            return value if harmless and value.isprintable() else _escaped(value)
        if hasattr(value, "__html__"):
            return str(value.__html__())
        return _escaped(str(value))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of the data; plain ones without the sandbox's questions, which are about code and methods."""
        if attribute[:1] != "_":
            if type(obj) is dict:
                if attribute in obj and not hasattr(dict, attribute):
                    return obj[attribute]
            elif type(value := getattr(obj, attribute, None)) in _PLAIN:
                return value
        return super().getattr(obj, attribute)


def _escaped(text: str) -> str:
    return str(escape(text if text.isprintable() else _FORBIDDEN.sub("", text)))


LANGUAGE = Language()
