"""Errors in the words of the field. Every one speaks twice: English for operators, Vietnamese for users.

``str(error)`` is the operator's text; ``error.for_user`` is what an official may read on a page or in a mail.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class PlanLifecycleError(Exception):
    """Root of all our errors: the work failed (exit code 1 at the command line)."""

    def __init__(self, message: str, *, vi: str | None = None) -> None:
        super().__init__(message)
        self.for_user = vi or "Công việc chưa hoàn thành; đề nghị liên hệ cán bộ phụ trách."

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as what it is, whatever its constructor takes."""
        return _unmade, (type(self),), {**self.__dict__, "args": self.args}


class InputError(PlanLifecycleError):
    """An input from which no answer can be made (exit code 2): names file, line, field, found and expected.

    ``line`` counts from 1 and includes the header of a table.
    """

    def __init__(
        self,
        expected: str,
        *,
        found: object = None,
        file: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
        vi: str | None = None,
    ) -> None:
        self.expected, self.found, self.file, self.line, self.field = expected, found, file, line, field
        where = [str(file)] if file is not None else []
        if line is not None:
            where.append(f"line {line}")
        if field is not None:
            where.append(f"field '{field}'")
        shown = "" if found is None else f"found {str(found)[:_SHOWN]!r}, "
        prefix = ", ".join(where)
        message = f"{prefix}: {shown}expected {expected}" if prefix else f"{shown}expected {expected}"
        super().__init__(message, vi=vi or _in_vietnamese(file, line, field, found))


class CombinedInputError(InputError):
    """Every problem of one input at once; ``errors`` in the order of the input, never empty."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        first = errors[0]
        super().__init__(
            first.expected,
            found=first.found,
            file=first.file,
            line=first.line,
            field=first.field,
            vi="\n".join(error.for_user for error in errors),
        )
        self.args = ("\n".join(map(str, errors)),)
        self.errors = tuple(errors)

    @staticmethod
    def of(errors: Sequence[InputError]) -> InputError:
        """The one error, or all together."""
        return errors[0] if len(errors) == 1 else CombinedInputError(errors)


def not_a_date(found: object, *, field: str, file: str | Path | None = None, line: int | None = None) -> InputError:
    """Say that what was typed is no day of the calendar, and how one is written."""
    shown = f"Ngày “{str(found)[:_SHOWN]}” chưa đúng" if str(found or "").strip() else "Chưa ghi ngày"
    vi = f"{_placed(file, line)}{shown} (mục “{field}”); đề nghị ghi năm-tháng-ngày, ví dụ 2026-06-17."
    return InputError("a date YYYY-MM-DD", field=field, found=found, file=file, line=line, vi=vi)


def unreadable(path: str | Path, error: OSError) -> InputError:
    """Say that a file cannot be read, and why."""
    vi = f"Không đọc được tệp “{path}”{_reason(error)}; đề nghị kiểm tra lại tên tệp."
    return InputError("a readable file", file=path, found=error.strerror, vi=vi)


def no_file(path: str | Path) -> InputError:
    """Say that what is named is a folder, a device, or something else that no paper is."""
    return InputError("a file", file=path, found="a folder or device", vi=f"“{path}” là thư mục, không phải tệp.")


def unwritable(path: str | Path, error: OSError, *, field: str | None = None, folder: bool = False) -> InputError:
    """Say that a file, or a folder, cannot be written, and why."""
    expected, kind = ("a folder", "thư mục") if folder else ("a file", "tệp")
    vi = f"Không ghi được vào {kind} “{path}”{_reason(error)}; đề nghị chọn nơi khác."
    return InputError(f"{expected} that can be written", file=path, field=field, found=error.strerror, vi=vi)


def refused_by_machine(error: OSError) -> PlanLifecycleError:
    """Say what the machine refused while a command worked: a full disk, a folder that may not be read."""
    place = f"“{error.filename}”" if error.filename else "kết quả, hoặc kết nối"
    vi = f"Không đọc, ghi được {place}{_reason(error)}."
    return PlanLifecycleError(f"{error.filename or 'the machine'}: {error.strerror or error}", vi=vi)


_SHOWN = 120
_REASONS = {
    errno.ENOENT: "không có tệp, thư mục này",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "trên đường dẫn có nơi không phải thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "nơi này chỉ đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên quá dài",
}


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return f": {known}" if known else ""


def _placed(file: str | Path | None, line: int | None) -> str:
    told = ", ".join([*([f"tệp {file}"] if file is not None else []), *([f"dòng {line}"] if line is not None else [])])
    return f"{told[0].upper()}{told[1:]}: " if told else ""


def _unmade(kind: type[PlanLifecycleError]) -> PlanLifecycleError:
    return kind.__new__(kind)


def raise_all(errors: Sequence[InputError]) -> None:
    """Raise what was collected: nothing, the one, or all together."""
    if errors:
        raise CombinedInputError.of(errors)


def _in_vietnamese(file: str | Path | None, line: int | None, field: str | None, found: object) -> str:
    where = [f"tệp {file}"] if file is not None else []
    if line is not None:
        where.append(f"dòng {line}")
    if field is not None:
        where.append(f"mục “{field}”")
    shown = f" (giá trị “{str(found)[:_SHOWN]}”)" if found is not None else ""
    return f"Nội dung chưa đúng quy định tại {', '.join(where) or 'dữ liệu vào'}{shown}; đề nghị kiểm tra lại."
