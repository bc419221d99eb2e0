"""The fast renderer makes of every template what docxtpl makes of it: text, tables and styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from docx.opc.exceptions import PackageNotFoundError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents import draft_samples
from tests.documents.template_language import LANGUAGE, NFD, ROWS
from tests.documents.word_samples import W, by_docxtpl, p, reading, template, with_members

from plan_lifecycle.documents import drafts
from plan_lifecycle.documents.drafts import variables_of
from plan_lifecycle.documents.render import TEMPLATES, TemplateError, compile_template

SHIPPED = {
    "sub-plan.docx": draft_samples.sub_plan(),
    "report-form.docx": draft_samples.report_form(),
    "consolidated-report.docx": draft_samples.consolidated_report(),
    "reminder-letter.docx": draft_samples.reminder_letter(),
    "award-proposal.docx": draft_samples.award_proposal(),
}


def assert_equal(path: Path, context: Mapping[str, object]) -> None:
    ours, theirs = reading(compile_template(path).render(context)), reading(by_docxtpl(path, context))
    assert ours == theirs


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_template_is_filled_alike(name: str) -> None:
    assert_equal(TEMPLATES / name, variables_of(SHIPPED[name]))


_AWKWARD = [
    "&",
    "<",
    ">",
    '"',
    "'",
    "\n",
    "\t",
    "{",
    "}",
    "%",
    "{_{",
    "a & b",
    "<b>",
    "]]>",
    "Kế hoạch",
    "\u00a0",
    "x\ny\n",
]
_TEXT = st.lists(st.sampled_from([*_AWKWARD, NFD, " ", "đơn vị"]), max_size=4).map("".join)


def _draft(kind: Any) -> st.SearchStrategy[Any]:
    """Drafts of a kind with any text and any number of rows, none included."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _value(hint) for name, hint in hints.items()})


def _value(hint: Any) -> st.SearchStrategy[Any]:
    if hint is str:
        return _TEXT
    if is_dataclass(hint):
        return _draft(hint)
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(_value(hint.__args__[0]), max_size=3).map(tuple)
    return st.from_type(hint)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sub-plan.docx", drafts.SubPlanDraft),
        ("report-form.docx", drafts.ReportForm),
        ("consolidated-report.docx", drafts.ConsolidatedReport),
        ("reminder-letter.docx", drafts.ReminderLetter),
        ("award-proposal.docx", drafts.AwardProposal),
    ],
)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_fills_shipped_templates_alike_whatever_the_data(name: str, kind: type, data: st.DataObject) -> None:
    assert_equal(TEMPLATES / name, variables_of(data.draw(_draft(kind))))


def test_a_long_table_is_filled_alike() -> None:
    assert_equal(TEMPLATES / "sub-plan.docx", variables_of(draft_samples.sub_plan(600)))


@pytest.mark.parametrize("feature", LANGUAGE)
def test_the_whole_language_is_filled_alike(tmp_path: Path, feature: str) -> None:
    body, context = LANGUAGE[feature]
    assert_equal(template(tmp_path, *body), context)


def test_headers_footers_and_footnotes_are_filled_alike(tmp_path: Path) -> None:
    path = template(tmp_path, p("{{ name }}"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    head = f'<w:hdr xmlns:w="{W}">{p("{{ name }}, {{ other }}")}</w:hdr>'
    foot = f'<w:ftr xmlns:w="{W}">{p("{%p for r in rows %}")}{p("{{ r.b }}")}{p("{%p endfor %}")}</w:ftr>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("{{ other }}")}</w:footnote></w:footnotes>'
    content = path.read_bytes()
    types = _member(content, "[Content_Types].xml").replace(
        "</Types>",
        f'<Override PartName="/word/footer1.xml" ContentType="{word}.footer+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{word}.footnotes+xml"/></Types>',
    )
    relations = _member(content, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        f'<Relationship Id="rId8" Type="{office}/footer" Target="footer1.xml"/>'
        f'<Relationship Id="rId9" Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    members = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": relations}
    members |= {"word/header1.xml": head, "word/footer1.xml": foot, "word/footnotes.xml": notes}
    path.write_bytes(with_members(content, members))
    assert_equal(path, {"name": "x & y", "other": "một\nhai", "rows": ROWS})


# docxtpl counts only cells that stand directly in their row, and so empties the grid of the first, whose cells are
# within content controls; the second declares an entity, which we refuse.
KNOWN_DIFFERENCES = {"Bug54771b.docx", "ExternalEntityInText.docx"}


def test_real_word_files_pass_through_alike(samples: Path) -> None:
    compared = 0
    for path in sorted([*samples.glob("docx/*.docx"), *samples.glob("decree30/*.docx")]):
        if path.name in KNOWN_DIFFERENCES:
            continue
        try:
            theirs = reading(by_docxtpl(path, {}))
        except (PackageNotFoundError, zipfile.BadZipFile, KeyError):
            with pytest.raises(TemplateError):
                compile_template(path)
            continue
        ours = reading(compile_template(path).render({}))
        assert ours["word/document.xml"] == theirs["word/document.xml"], path.name
        compared += 1
    assert compared > 25


def _member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()
