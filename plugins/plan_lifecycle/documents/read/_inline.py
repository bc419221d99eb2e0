"""Tasks written into the text: a paragraph or more, then "Đơn vị chủ trì: …", "Thời gian thực hiện: …".

The labels may stand on lines of their own, several on one line, or at the end of the task's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plan_lifecycle.documents.read._outline import Entry, place_of, split_ordinal
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_WHO = (
    r"(?:(?:các\s+)?(?:đơn vị|cơ quan|bộ phận|tổ chức|phòng|sở|ban|địa phương|cá nhân|người|công chức)"
    r"(?:\s*[,/]\s*(?:đơn vị|cơ quan|cá nhân|bộ phận|địa phương|ban|ngành|phòng)){0,6}\s+)"
)
_DOING = r"(?:\s*[,/]?\s*(?:và\s+)?(?:tham mưu|thực hiện|triển khai|tổ chức|chính|xây dựng)){0,6}"
_LABELS: dict[str, str] = {
    "both": rf"{_WHO}?chủ trì\s*(?:,|/|và|-)\s*(?:{_WHO})?phối hợp{_DOING}",
    "lead": rf"{_WHO}?(?:được\s+)?(?:giao\s+)?chủ trì{_DOING}|{_WHO}(?:thực hiện|phụ trách|chịu trách nhiệm"
    rf"|tham mưu|đầu mối){_DOING}"
    r"|(?:phân công|trách nhiệm|tổ chức)\s+thực hiện|phân công|đầu mối",
    "support": rf"{_WHO}?(?:phối hợp|tham gia){_DOING}",
    "monitor": rf"{_WHO}(?:theo dõi|giám sát|đôn đốc|kiểm tra)(?:\s*[,/]?\s*(?:và\s+)?(?:theo dõi|giám sát|đôn đốc"
    r"|kiểm tra|thực hiện)){0,6}",
    "deadline": r"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình|hạn)(?:\s+(?:dự kiến|thực hiện|hoàn thành"
    r"|triển khai|tổ chức|kết thúc))*|hoàn thành",
    "product": r"(?:sản phẩm|kết quả)(?:\s*[,/]\s*(?:sản phẩm|kết quả))?(?:\s+(?:đầu ra|dự kiến|cần đạt"
    r"|thực hiện|hoàn thành|đạt được))*",
    "budget": r"(?:nguồn\s+|dự toán\s+)?kinh phí(?:\s+(?:thực hiện|dự kiến))*",
    "target": r"chỉ tiêu",
}
_LABEL = regex(
    r"(?:^|(?<=[\n;.,(]))[ \t]*[-–+*•(]?\s*(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items())
    + r")\s*:\s*",
    re.I,
)
_CONTENT_LABEL = regex(r"^(?:nội dung|nhiệm vụ)(?:\s+(?:thực hiện|công việc|cụ thể))?\s*:\s*(?=\S)", re.I)
_ORGANISATION = regex(r"tổ chức thực hiện|phân công|trách nhiệm|chế độ báo cáo|thông tin,? báo cáo")
_TRIM = " \n\t;,.()-–"


@dataclass(slots=True)
class Task:
    """An inline task; its fields are texts as written."""

    entry: Entry
    ordinal: str
    content: str
    section: str
    headings: tuple[Entry, ...]
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Its place in words."""
        return place_of(self.headings)


@dataclass(slots=True)
class InlineTasks:
    """The tasks of a text, and the blocks that they are made of."""

    tasks: list[Task]
    blocks: frozenset[int]


def inline_tasks(entries: Iterable[Entry]) -> InlineTasks:
    """Read the tasks whose lead, support and time stand under labels."""
    reader = _Reader()
    for entry in entries:
        reader.take(entry)
    reader.finish()
    return InlineTasks(reader.tasks, frozenset(reader.used))


class _Reader:
    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.used: set[int] = set()
        self._content: list[Entry] = []
        self._own = ""  # content on the labels' own line
        self._fields: dict[str, str] = {}
        self._labelled: list[Entry] = []

    def take(self, entry: Entry) -> None:
        before, found = labels_of(entry.text)
        if not found and self._fields and not entry.is_heading and entry.text[:1].islower():
            name = next(reversed(self._fields))  # the label's text runs on in a paragraph of its own
            self._fields[name] = f"{self._fields[name]} {entry.text.strip(_TRIM)}".strip()
            self._labelled.append(entry)
            return
        if not found:
            if self._fields or entry.is_heading:
                self.finish()
            self._content.append(entry)
            return
        if before:
            self.finish()
            self._own = before
        elif entry.is_heading and self._fields and entry.rank < self._labelled[0].rank:
            self.finish()
        for name, text in found:
            self._add(name, text)
        self._labelled.append(entry)

    def _add(self, name: str, text: str) -> None:
        if name == "lead" and "lead" in self._fields and self._own == "" and len(self._fields) > 1:
            self.finish(keep=self._content)  # a second task under the same words
        have = self._fields.get(name)
        self._fields[name] = f"{have}; {text}" if have and text else have or text

    def finish(self, keep: list[Entry] | None = None) -> None:
        if self._is_task():
            self.tasks.append(self._task())
            self.used.update(entry.block for entry in (*self._content_entries(), *self._labelled))
        self._content = list(keep or [])
        self._own, self._fields, self._labelled = "", {}, []

    def _content_entries(self) -> list[Entry]:
        """The paragraphs of the task: those after the heading, or the heading where there are none."""
        texts = [entry for entry in self._content if not entry.is_heading]
        return texts or self._content[-1:]

    def _is_task(self) -> bool:
        if not self._fields or not any(self._fields.values()):
            return False
        first = self._labelled[0] if self._labelled else None
        if "lead" in self._fields:
            return bool(self._own or self._content or (first and first.path))
        if len(self._fields) > 1 and "deadline" in self._fields:
            return bool(self._own or self._content)
        if set(self._fields) != {"deadline"} or first is None or (first.is_heading and not self._own):
            return False
        # A time alone: of a task, unless it is that of the sub-plans or of the whole plan.
        titles = " ".join(normalise(heading.title) for heading in first.path)
        return not _ORGANISATION.search(titles) and any(not e.is_heading or e.rank > 2 for e in self._content)

    def _task(self) -> Task:
        first = self._labelled[0] if self._labelled else self._content[-1]
        content = self._own or "\n".join(entry.text for entry in self._content_entries())
        headings = list(first.path)
        if first.is_heading and (self._own or not headings):
            headings.append(first)
        elif self._content and self._content[-1].is_heading and self._content[-1] not in headings:
            headings.append(self._content[-1])
        if not content and headings:
            content = headings[-1].title
        ordinal = headings[-1].ordinal if headings else ""
        section = f"{ordinal}. {headings[-1].title}" if headings else ""
        section = "" if content in section else section
        content = _CONTENT_LABEL.sub("", content.strip())
        return Task(first, ordinal, content, section, tuple(headings), self._fields)


def labels_of(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first label, and each label's name with its text."""
    matches = list(_LABEL.finditer(text))
    if not matches:
        return "", []
    found = list(_pairs(text, matches))
    before = text[: matches[0].start()].strip(_TRIM)
    if before and len(found) == 1 and not re.search(r"[.;\n(]\s*$", text[: matches[0].start()]):
        return "", []  # "…, kinh phí: …" inside a sentence
    _, _, bare = split_ordinal(before) if before else ("", 0, "")
    return bare, found


def _pairs(text: str, matches: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)].strip(_TRIM)
        name = str(match.lastgroup)
        if value.count("(") > value.count(")"):
            value += ")"
        yield ("lead" if name == "both" else name), " ".join(value.split())
