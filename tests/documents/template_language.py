"""docxtpl's language, feature by feature: what a coordinator may write in Word, and data to fill it with."""

from __future__ import annotations

import unicodedata

from docxtpl import Listing, RichText
from tests.documents.word_samples import p

NFD = unicodedata.normalize("NFD", "thủ tục hành chính ở xã Bình An")


def _cell(content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="1500"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _drawing(number: int) -> str:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:extent cx="1" cy="1"/>'
        f'<wp:docPr id="{number}" name="Hình"/></wp:inline></w:drawing></w:r>'
    )


_BOLD = "<w:rPr><w:b/></w:rPr>"
ROWS = [{"a": "1", "b": "x & y"}, {"a": "2", "b": "dòng\nhai"}, {"a": "3", "b": "tab\tở đây"}]

LANGUAGE: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "a value": ((p("Kính gửi: {{ name }}."),), {"name": "UBND xã Bình An & <các thôn>"}),
    "a value split over runs": (
        (
            '<w:p><w:r><w:t>A {</w:t></w:r><w:proofErr w:type="spellStart"/>'
            "<w:r><w:rPr><w:b/></w:rPr><w:t>{ na</w:t></w:r>"
            "<w:r><w:t>me }</w:t></w:r><w:r><w:t>} B</w:t></w:r></w:p>",
        ),
        {"name": "x"},
    ),
    "typographic quotes and comparisons": (
        (p("{% if n &gt; 2 and name == “x” %}có{% else %}không{% endif %}"),),
        {"n": 3, "name": "x"},
    ),
    "paragraphs in a loop": (
        (p("{%p for r in rows %}"), p("{{ r.a }}: {{ r.b }}", _BOLD), p("{%p endfor %}")),
        {"rows": ROWS},
    ),
    "a loop over nothing with else": (
        (p("{%p for r in rows %}"), p("x"), p("{%p else %}"), p("trống"), p("{%p endfor %}")),
        {"rows": []},
    ),
    "rows in a loop": (
        (
            _table(
                _cell(p("STT")) + _cell(p("Nội dung")),
                _cell(p("{%tr for r in rows %}")) + _cell(p("")),
                _cell(p("{{ r.a }}")) + _cell(p("{{ r.b }}")),
                _cell(p("{%tr endfor %}")),
            ),
        ),
        {"rows": ROWS},
    ),
    "only rows in a loop, none of them there": (
        (_table(_cell(p("{%tr for r in rows %}")), _cell(p("{{ r.a }}")) + _cell(p("b")), _cell(p("{%tr endfor %}"))),),
        {"rows": []},
    ),
    "cells in a loop": (
        (_table(_cell(p("{%tc for r in rows %}")) + _cell(p("{{ r.a }}")) + _cell(p("{%tc endfor %}"))),),
        {"rows": ROWS * 2},
    ),
    "fewer cells than the grid": (
        (_table(_cell(p("{%tc for r in rows %}")) + _cell(p("{{ r.a }}")) + _cell(p("{%tc endfor %}")), columns=6),),
        {"rows": ROWS},
    ),
    "a span and a colour": (
        (_table(_cell(p("{% colspan n %}{{ name }}")), _cell(p("{% cellbg colour %}a")) + _cell(p("b")), columns=3),),
        {"n": 2, "name": "Cộng", "colour": "FFFFCC"},
    ),
    "cells merged downwards": (
        (
            _table(
                _cell(p("{%tr for r in rows %}")),
                _cell(p("{% vm %}chung")) + _cell(p("{{ r.a }}")),
                _cell(p("{%tr endfor %}")),
            ),
        ),
        {"rows": ROWS},
    ),
    "cells merged sideways": (
        (
            _table(
                _cell(p("{%tc for r in rows %}")) + _cell(p("{% hm %}chung")) + _cell(p("{%tc endfor %}")),
                _cell(p("{%tc for r in rows %}")) + _cell(p("{{ r.a }}")) + _cell(p("{%tc endfor %}")),
                columns=3,
            ),
        ),
        {"rows": ROWS},
    ),
    "a table within a table": (
        (
            _table(
                _cell(
                    _table(
                        _cell(p("{%tr for r in rows %}")), _cell(p("{{ r.a }}")), _cell(p("{%tr endfor %}")), columns=4
                    )
                    + p("")
                )
                + _cell(p("b"))
            ),
        ),
        {"rows": ROWS},
    ),
    "runs": (
        (
            "<w:p><w:r><w:t>{%r if yes %}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r>"
            "<w:r><w:t>{%r endif %}</w:t></w:r></w:p>",
        ),
        {"yes": True},
    ),
    "rich text": ((p("trước {{r name }} sau"),), {"name": RichText("đậm & <b>\ndòng", bold=True, color="#FF0000")}),
    "a listing": ((p("{{ name }}", _BOLD),), {"name": Listing("một\nhai\tba\abốn\fnăm & <sáu>")}),
    "signs in plain text": ((p("a {{ name }} b", _BOLD), p("sau")), {"name": "một\nhai\tba\abốn\fnăm\n\n"}),
    "comments": ((p("a{# không in #}b"), p("{#p cả đoạn #}"), p("c")), {}),
    "tags that swallow what is around": (
        (p("một"), p("{%- if yes %}"), p("hai"), p("{% endif -%}"), p("ba")),
        {"yes": True},
    ),
    "braces that are meant": ((p("{_{ giữ nguyên }_} {{ name }} {_% x %_}"),), {"name": "{_{ trong dữ liệu }_}"}),
    "filters, tests, assignments": (
        (
            p(
                "{% set total = rows|length %}{{ total }} {{ name|upper }} {{ none|default('…') }} "
                "{{ rows|map(attribute='a')|join('; ') }}"
            ),
        ),
        {"rows": ROWS, "name": "a & b"},
    ),
    "a macro": (
        (p("{% macro m(x) %}<{{ x }}>{% endmacro %}".replace("<", "(").replace(">", ")")), p("{{ m(name) }}")),
        {"name": "a & b"},
    ),
    "numbers, none and truth": ((p("{{ a }} {{ b }} {{ c }} {{ d }}"),), {"a": 5, "b": 1.5, "c": None, "d": True}),
    "loop.index and nested loops": (
        (
            p("{%p for r in rows %}"),
            p("{{ loop.index }}{% for s in rows %} {{ loop.index }}.{{ s.a }}{% endfor %}"),
            p("{%p endfor %}"),
        ),
        {"rows": ROWS},
    ),
    "drawings in a loop": (
        (p("{%p for r in rows %}"), f"<w:p>{_drawing(7)}</w:p>", p("{%p endfor %}"), f"<w:p>{_drawing(7)}</w:p>"),
        {"rows": ROWS},
    ),
    "half elements in a branch": ((p("{% if yes %}một"), p("hai{% endif %}"), p("ba")), {"yes": True}),
    "half elements left out": ((p("a{% if yes %}một"), p("hai{% endif %}b"), p("ba")), {"yes": False}),
    "markup called safe": ((p("{{ name|safe }}"),), {"name": "a &amp; b"}),
    "dictionaries with names of methods": ((p("{{ r['items'] }} {{ r.title }}"),), {"r": {"items": "x", "title": "y"}}),
    "Vietnamese in decomposed form": ((p("{{ name }}"),), {"name": NFD}),
    "an attribute value": (
        ('<w:p><w:pPr><w:jc w:val="{{ how }}"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>',),
        {"how": "center"},
    ),
    "tags in a hyperlink and a content control": (
        (
            "<w:sdt><w:sdtContent>" + p("{{ name }}") + "</w:sdtContent></w:sdt>",
            '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{{ name }}</w:t></w:r></w:hyperlink></w:p>',
        ),
        {"name": "x\ny"},
    ),
}
