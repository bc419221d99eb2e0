"""Numbers and indents of lists."""

from __future__ import annotations

import pytest
from tests.documents.looks import first, layout, paragraph, run, style

from plan_lifecycle.documents.formatting import every_paragraph


def numbered(fmt: str, text: str, *, start: str = '<w:start w:val="1"/>', ppr: str = "", more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{start}<w:numFmt w:val="{fmt}"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr>{ppr}</w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{more}</w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    )


def listed(level: int = 0, number: int = 1, more: str = "") -> str:
    return paragraph(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def labels(body: str, numbering: str) -> list[str]:
    return [each.label for each in every_paragraph(layout(body, numbering=numbering).blocks)]


@pytest.mark.parametrize(
    ("fmt", "text", "expected"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III.", "IV."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)", "d)"]),
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]),
        ("decimalZero", "%1", ["01", "02", "03", "04"]),
        ("bullet", "-", ["-"] * 4),
        ("bullet", "\uf0b7", ["•"] * 4),
        ("none", "", [""] * 4),
    ],
)
def test_a_list_shows_its_numbers(fmt: str, text: str, expected: list[str]) -> None:
    assert labels(listed() * 4, numbered(fmt, text)) == expected


def test_levels_count_within_the_one_above_and_begin_again_after_it() -> None:
    body = listed() + listed(1) * 2 + listed() + listed(1)
    assert labels(body, numbered("upperRoman", "%1.")) == ["I.", "I.1.", "I.2.", "II.", "II.1."]


def test_a_list_goes_on_with_the_one_it_is_derived_from_unless_it_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert labels(listed() + listed(number=2), numbered("decimal", "%1.")) == ["1.", "2."]
    assert labels(listed(number=2) + listed() * 2, numbered("decimal", "%1.", more=restart)) == ["1.", "5.", "6."]


def test_a_paragraph_without_text_does_not_count() -> None:
    empty = listed().replace(run(), "")
    assert labels(listed() + empty + listed(), numbered("decimal", "%1.")) == ["1.", "", "2."]


def test_a_list_gives_its_indents_and_direct_ones_overrule_them() -> None:
    numbering = numbered("decimal", "%1.", ppr='<w:ind w:left="720" w:hanging="360"/>')
    assert (first(listed(), numbering=numbering).look.left, first(listed(), numbering=numbering).look.first_line) == (
        36,
        -18,
    )
    direct = first(listed(more='<w:ind w:left="0" w:firstLine="567"/>'), numbering=numbering).look
    assert (direct.left, direct.first_line) == (0, 28.35)


def test_number_zero_takes_a_paragraph_out_of_the_list_of_its_style() -> None:
    ppr = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = paragraph('<w:pStyle w:val="L"/>') + paragraph(
        '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    found = list(every_paragraph(layout(body, style("L", ppr=ppr), numbering=numbered("decimal", "%1.")).blocks))
    assert [each.label for each in found] == ["1.", ""]
