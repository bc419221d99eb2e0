"""Paragraphs and runs of WordprocessingML, as text. Looks come from named styles (see ``styles``), not from runs."""

from __future__ import annotations

from xml.sax.saxutils import escape


def text_run(text: str, properties: str = "") -> str:
    """One run; ``properties`` is the inside of ``w:rPr``. Template tags may hold quotes and comparisons."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str, properties: str = "") -> str:
    """One paragraph; ``**bold**`` marks a run in bold. ``properties`` is the inside of ``w:pPr`` after the style."""
    runs = "".join(
        text_run(piece, "<w:b/>" if odd else "") for odd, piece in _pieces(text) if piece
    )  # an empty paragraph has no run
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def drop_down(value: str, choices: str, style: str) -> str:
    """A paragraph that is a drop-down: ``choices`` is the name of a list of texts, ``value`` the tag of what is chosen.

    What is chosen stands in it as plain text, so that a reader who knows no drop-downs reads the same.
    """
    item = '<w:listItem w:displayText="{{ choice }}" w:value="{{ choice }}"/>'
    items = f"{{% for choice in {choices} %}}{item}{{% endfor %}}"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:sdt><w:sdtPr><w:alias w:val="Chọn trong danh sách"/>'
        f"<w:dropDownList>{items}</w:dropDownList></w:sdtPr><w:sdtContent>{text_run(value)}</w:sdtContent></w:sdt></w:p>"
    )


def _pieces(text: str) -> list[tuple[bool, str]]:
    return [(index % 2 == 1, piece) for index, piece in enumerate(text.split("**"))]


def tag(text: str) -> str:
    """A paragraph that holds only a template tag (``{%p for … %}``): it vanishes when the template is filled."""
    return paragraph(text, "TemplateTag")
