"""Put the charts of a report where its template shows a sample chart.

The template holds a real chart with sample numbers, whose description (*Alt text*) is ``{{ chart.alternative }}``. When
it is filled, each chart of that description gets a part of its own, and the sample goes. A chart that a coordinator put
into the template for good has another description and stays.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from lxml import etree

from plan_lifecycle.documents.charts import word_chart
from plan_lifecycle.domain.chart import Chart, ChartForm

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_DESCRIPTION, _RELATION, _HEIGHT = ' descr="', ' r:id="', ' cy="'
_BARS, _LEGEND = 10, 3
"""A sample is as high as ten bars, of which the legend takes the room of three."""
_HIGHEST = 5_760_000
"""Of a chart, in EMU: 16 cm, so that text stands on the same page."""

Member = Callable[[str], bytes | None]


def with_charts(body: str, filled: bytes, charts: Mapping[str, Chart], member: Member) -> dict[str, bytes | None]:
    """The members of the Word file that change or come with its charts; None is one that goes.

    ``body`` is the name of its main part and ``filled`` what stands in it, ``charts`` by what describes them there,
    ``member`` reads one of the template.
    """
    folder, name = posixpath.split(body)
    its_relations = f"{folder}/_rels/{name}.rels"
    relations = etree.fromstring(member(its_relations) or b"<none/>", _PARSER)
    types = etree.fromstring(member(_TYPES) or b"<none/>", _PARSER)
    text, placed = _placed(filled.decode(), charts)
    made: dict[str, bytes | None] = {body: text.encode()}
    for unused in _unused(text, folder, relations, member):
        made[unused] = None
        _take_out(types, unused)
    for number, (about, relation) in enumerate(placed.items(), start=1):
        made |= _parts(folder, number, charts[about])
        part = f"charts/bieu_do_{number}.xml"
        etree.SubElement(relations, _sibling(relations), Id=relation, Type=f"{_OFFICE}/chart", Target=part)
        etree.SubElement(types, _named(types, "Override"), PartName=f"/{folder}/{part}", ContentType=_CHART_TYPE)
    if placed and not any(one.get("Extension", "").lower() == "xlsx" for one in types):
        types.insert(0, etree.Element(_named(types, "Default"), Extension="xlsx", ContentType=_WORKBOOK_TYPE))
    return made | {its_relations: _written(relations), _TYPES: _written(types)}


def _placed(text: str, charts: Mapping[str, Chart]) -> tuple[str, dict[str, str]]:
    """The body with each chart's own relation, and which that is, by description."""
    placed: dict[str, str] = {}
    pieces: list[str] = []
    done = 0
    while (begin := text.find("<w:drawing>", done)) >= 0:
        end = text.find("</w:drawing>", begin)
        drawing = text[begin:end]
        about = unescape(_between(drawing, _DESCRIPTION))
        if about in charts and (sample := _between(drawing, _RELATION)):
            own = placed.setdefault(about, f"rIdBieuDo{len(placed) + 1}")
            drawing = _as_high(drawing.replace(f'{_RELATION}{sample}"', f'{_RELATION}{own}"'), charts[about])
        pieces += (text[done:begin], drawing)
        done = end
    return "".join((*pieces, text[done:])), placed


def _as_high(drawing: str, chart: Chart) -> str:
    """As high as the sample; bars that lie take as much of it as they need, or more."""
    height = _between(drawing, _HEIGHT)
    if chart.form is not ChartForm.STACKED or not height.isdecimal():
        return drawing
    needed = min(int(height) * (len(chart.categories) + _LEGEND) / _BARS, _HIGHEST)
    return drawing.replace(f'{_HEIGHT}{height}"', f'{_HEIGHT}{round(needed)}"')


def _between(text: str, before: str) -> str:
    begin = text.find(before)
    return text[begin + len(before) : text.find('"', begin + len(before))] if begin >= 0 else ""


def _unused(text: str, base: str, relations: etree._Element, member: Member) -> Iterator[str]:
    """The parts of charts that no drawing leads to any more; their relations are taken out."""
    for one in [*relations]:
        if one.get("Type") == f"{_OFFICE}/chart" and f'{_RELATION}{one.get("Id")}"' not in text:
            relations.remove(one)
            part = posixpath.normpath(posixpath.join(base, one.get("Target", "")))
            folder, name = posixpath.split(part)
            own = f"{folder}/_rels/{name}.rels"
            yield part
            if (below := member(own)) is not None:
                yield own
                for other in etree.fromstring(below, _PARSER):
                    yield posixpath.normpath(posixpath.join(folder, other.get("Target", "")))


def _take_out(types: etree._Element, name: str) -> None:
    for one in [*types]:
        if one.get("PartName") == f"/{name}":
            types.remove(one)


def _parts(folder: str, number: int, chart: Chart) -> dict[str, bytes]:
    made = word_chart(chart)
    relations = etree.fromstring(f'<Relationships xmlns="{_PACKAGE}/relationships"/>')
    target = f"../embeddings/bieu_do_{number}.xlsx"
    etree.SubElement(relations, _sibling(relations), Id=made.numbers, Type=f"{_OFFICE}/package", Target=target)
    return {
        f"{folder}/charts/bieu_do_{number}.xml": made.part,
        f"{folder}/charts/_rels/bieu_do_{number}.xml.rels": _written(relations),
        f"{folder}/embeddings/bieu_do_{number}.xlsx": made.workbook,
    }


def _sibling(relations: etree._Element) -> str:
    return _named(relations, "Relationship")


def _named(beside: etree._Element, name: str) -> str:
    return f"{{{etree.QName(beside).namespace}}}{name}"


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
