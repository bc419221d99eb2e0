"""Recipients at the foot (mục II, khoản 9)."""

from __future__ import annotations

import re

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._kinds import TO_ALL
from plan_lifecycle.documents.check._spots import Spot, fold
from plan_lifecycle.documents.check._style import Type, check_type
from plan_lifecycle.documents.formatting import Line

_TITLE_TYPE = Type(12, 12, bold=True, italic=True)
_LIST_TYPE = Type(11, 11, bold=False, italic=False)
_ARCHIVE = re.compile(r"^- Lưu: VT(\.|,\s?.*\.)$")
_ARCHIVE_FORM = "- Lưu: VT, …"
_BULLETS = "-–—‐‑•+"


def check_recipients(report: Report, elements: Elements) -> None:
    """Check the word ``Nơi nhận``, the list and its last line."""
    closing = elements.closing
    if closing.title is None and elements.title.attached:
        return
    if closing.title is None:
        report.note(
            "recipients.title", "không có “Nơi nhận”", "“Nơi nhận:” ở cuối văn bản, sát lề trái", "cuối văn bản"
        )
        return
    _check_title(report, closing.title)
    items = _items(closing.recipients)
    for spot in closing.recipients:
        check_type(report, "recipients.list", spot.line, spot.paragraph.place, _LIST_TYPE)
    _check_items(report, items)
    _check_archive(report, closing.title, items)
    addressed = elements.addressee and elements.kind not in TO_ALL
    if addressed and items and not _is_as_above(items[0][0]):
        report.note(
            "recipients.as_above", quoted(items[0][0]), "- Như trên;", items[0][1].paragraph.place, warning=True
        )


def _is_as_above(text: str) -> bool:
    return "nhu tren" in fold(text) or "nhu kinh gui" in fold(text)


def _check_title(report: Report, title: Spot) -> None:
    place = title.paragraph.place
    word = Line(tuple(run for run in title.line.runs if "(" not in run.text))
    check_type(report, "recipients.title", word, place, _TITLE_TYPE)
    if not re.match(r"^Nơi nhận\s?:", title.text):
        report.note("recipients.title", quoted(title.text), "“Nơi nhận:”, sau có dấu hai chấm", place)
    if any(run.look.underline for run in title.line.visible):
        report.note("recipients.title.underline", "chữ gạch chân", "không gạch chân", place, warning=True)


def _items(recipients: tuple[Spot, ...]) -> list[tuple[str, Spot]]:
    """The list's entries: a line without a bullet goes on with the one before it."""
    items: list[tuple[str, Spot]] = []
    for spot in recipients:
        text = spot.text
        if text[:1] in _BULLETS or not items or fold(text).startswith(("luu:", "luu ")):
            items.append((text, spot))
        elif not items[-1][0].endswith("."):
            items[-1] = (f"{items[-1][0]} {text}", items[-1][1])
        # What stands after the last stop (the drafter's mark, copies) is no recipient.
    return items


def _is_archive(text: str) -> bool:
    return bool(re.match(r"^\W*luu\b", fold(text)))


def _check_items(report: Report, items: list[tuple[str, Spot]]) -> None:
    for text, spot in items:
        if _is_archive(text):
            continue
        place = spot.paragraph.place
        if not re.match(r"^- \S|^-\S", text) and not (report.draft and not any(sign.isalnum() for sign in text)):
            report.note(
                "recipients.list", quoted(text), "đầu dòng gạch đầu dòng (-)", place, warning=text[:1] in _BULLETS
            )
        if not text.endswith(";"):
            report.note("recipients.list", quoted(text), "cuối dòng có dấu chấm phẩy (;)", place)


def _check_archive(report: Report, title: Spot, items: list[tuple[str, Spot]]) -> None:
    archive = next((item for item in items if _is_archive(item[0])), None)
    if archive is None:
        report.note(
            "recipients.archive",
            "không có dòng “- Lưu: VT, …”",
            f"dòng cuối cùng “{_ARCHIVE_FORM}”",
            title.paragraph.place,
        )
        return
    text, spot = archive
    if archive is not items[-1]:
        report.note(
            "recipients.archive",
            f"{quoted(text)} không phải dòng cuối",
            f"dòng cuối cùng “{_ARCHIVE_FORM}”",
            spot.paragraph.place,
        )
    elif not _ARCHIVE.match(text):
        report.note(
            "recipients.archive",
            quoted(text),
            f"“{_ARCHIVE_FORM}”, cuối dòng có dấu chấm (.)",
            spot.paragraph.place,
            warning=True,
        )
