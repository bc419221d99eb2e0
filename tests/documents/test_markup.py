"""XML from outside is bounded before a tree is built: nodes, depth, attributes, odd encodings."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable

import pytest

from plan_lifecycle.documents import markup
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.markup import Enough, Watcher, parse_xml, refuse_many_nodes, watch


def code_of(act: Callable[[], object]) -> str | None:
    """The code of the refusal, None where there is none."""
    try:
        act()
    except BadDocument as error:
        return error.code
    return None


@pytest.fixture(autouse=True)
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_NODES", 10)
    monkeypatch.setattr(markup, "MAX_DEPTH", 4)
    monkeypatch.setattr(markup, "MAX_ATTRIBUTES", 3)
    monkeypatch.setattr(markup, "MAX_ODDLY_ENCODED", 100)


@pytest.mark.parametrize(("below", "code"), [(9, None), (10, "too_complex")])
def test_as_many_nodes_as_the_bound_and_not_one_more(below: int, code: str | None) -> None:
    data = b"<a>" + b"<b/>" * below + b"</a>"
    assert code_of(lambda: watch([data], Watcher())) == code
    assert code_of(lambda: refuse_many_nodes([data])) == code
    assert code_of(lambda: parse_xml(data)) == code


@pytest.mark.parametrize(("elements", "code"), [(4, None), (5, "too_complex")])
def test_attributes_count_as_nodes(elements: int, code: str | None) -> None:
    data = b"<a>" + b"<b d='1'/>" * elements + b"</a>"
    assert code_of(lambda: watch([data], Watcher())) == code
    assert code_of(lambda: refuse_many_nodes([data])) == code


@pytest.mark.parametrize(("levels", "code"), [(4, None), (5, "too_deep")])
def test_as_deep_as_the_bound_and_not_one_level_more(levels: int, code: str | None) -> None:
    data = b"<a>" * levels + b"</a>" * levels
    assert code_of(lambda: watch([data], Watcher())) == code


def test_what_closes_makes_room_for_what_opens() -> None:
    assert code_of(lambda: watch([b"<a><b><c><d/></c></b><b><c><d/></c></b></a>"], Watcher())) is None


@pytest.mark.parametrize(("attributes", "code"), [(3, None), (4, "too_complex")])
def test_a_tag_of_endless_attributes_is_refused_before_it_is_whole(attributes: int, code: str | None) -> None:
    def pieces() -> Iterable[bytes]:
        yield b"<a"
        for number in range(attributes):
            yield b" b%d='1'" % number
        yield b"/>"

    assert code_of(lambda: watch(pieces(), Watcher())) == code


def test_attributes_of_many_tags_do_not_add_up() -> None:
    assert code_of(lambda: watch([b"<a>", b"<b c='1' d='2'/>", b"<b c='1' d='2'/>", b"</a>"], Watcher())) is None


@pytest.mark.parametrize(("encoding", "code"), [("utf-8", None), ("us-ascii", None), ("utf-16", "too_complex")])
def test_a_part_in_an_odd_encoding_is_bounded_as_a_whole(encoding: str, code: str | None) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{"x" * 200}</a>'.encode(encoding)
    assert code_of(lambda: watch([data], Watcher())) == code


def test_a_short_part_may_be_in_any_encoding() -> None:
    assert code_of(lambda: watch(["<a>xã</a>".encode("utf-16")], Watcher())) is None
    assert parse_xml("<a>xã</a>".encode("utf-16")).text == "xã"


@pytest.mark.parametrize("data", [b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<!DOCTYPE a><a/>"])
def test_a_document_type_is_refused(data: bytes) -> None:
    assert code_of(lambda: watch([data], Watcher())) == "dtd"
    assert code_of(lambda: parse_xml(data)) == "dtd"


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"no markup"])
def test_what_is_not_well_formed_is_malformed(data: bytes) -> None:
    assert code_of(lambda: parse_xml(data)) == "malformed"


class Names(Watcher):
    """Notes what it wants to see, and stops at the second inner one."""

    wanted = {"a": "outer", "b": "inner"}

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        self.seen.append(f"{name} {dict(attributes)}")
        if len(self.seen) == 4:
            raise Enough

    def leave(self, name: str) -> None:
        self.seen.append(f"/{name}")


def test_a_watcher_sees_what_it_wants_and_may_stop() -> None:
    seen = Names()
    watch([b"<a><c/><b d='1'/></a>"], seen)
    assert seen.seen == ["outer {}", "inner {'d': '1'}", "/inner", "/outer"]
    stopped = Names()
    watch([b"<a><b/>", b"<b/>", b"<b/></a> not even closed"], stopped)
    assert stopped.seen == ["outer {}", "inner {}", "/inner", "inner {}"]


def test_a_tree_has_no_comments_and_no_instructions() -> None:
    tree = parse_xml(b"<a><!-- x --><?y z?><b>c</b></a>")
    assert [(child.tag, child.text) for child in tree] == [("b", "c")]


def test_memory_that_is_refused_is_no_fault_of_the_file() -> None:
    """In a process of its own: what this one has freed already would be taken without asking."""
    program = (
        "from plan_lifecycle.documents.limits import Limits, limited\n"
        "from plan_lifecycle.documents.markup import parse_xml\n"
        "data = b'<a>' + b'<p/>' * 900_000 + b'</a>'\n"
        "with limited(Limits(60, 80 << 20)): parse_xml(data)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "MemoryError"
