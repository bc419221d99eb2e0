"""A package is opened with care, its parts found as Office finds them, and every byte of a member comes out."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.documents.hostile import content_types, relationships, word, zipped

from plan_lifecycle.documents import package as opened
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.package import Relationship, open_package, relationship, relationships_part

STEP = 1 << 16


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 2 * STEP, 3 * STEP, 5 * STEP + 7])
@pytest.mark.parametrize("like", [b"x", bytes(range(256))])
def test_every_byte_of_a_member_comes_out_in_pieces(size: int, like: bytes, method: int) -> None:
    """Also where a member ends with a piece, which the inflater then still has to close."""
    content = (like * (size // len(like) + 1))[:size]
    package = open_package(zipped([("part.xml", content)], method))
    pieces = list(package.pieces("part.xml"))
    assert b"".join(pieces) == package.read("part.xml") == content
    assert all(len(piece) <= STEP for piece in pieces)
    assert (package.size("part.xml"), package.inflated_size) == (size, size)


def test_names_are_compared_as_office_does() -> None:
    members = [("word\\Document.XML", b"x"), ("/docProps/core.xml", b"y"), ("word/", b"")]
    package = open_package(zipped(members))
    assert package.names == ("word/Document.XML", "docProps/core.xml")
    assert "WORD/document.xml" in package
    assert package.read("word/document.xml") == b"x"
    with pytest.raises(BadDocument) as caught:
        package.read("word")
    assert (caught.value.code, caught.value.detail) == ("missing_part", "word")


@pytest.mark.parametrize(
    ("second", "code"), [(b"same", None), (b"diff", "duplicate_part"), (b"longer", "duplicate_part")]
)
def test_two_parts_of_one_name_must_be_the_same(second: bytes, code: str | None) -> None:
    data = zipped([("a.xml", b"same"), ("\\a.xml", second)])
    try:
        assert open_package(data).read("a.xml") == b"same"
        found = None
    except BadDocument as error:
        found = error.code
    assert found == code


def test_a_part_points_to_its_neighbours_and_to_the_outside() -> None:
    found = open_package(word(links=[("hyperlink", "https://example.vn/a%20b", True)])).relationships(
        "word/document.xml"
    )
    assert [(one.type, one.target, one.external) for one in found] == [
        ("header", "word/header1.xml", False),
        ("hyperlink", "https://example.vn/a%20b", True),
    ]
    assert open_package(word()).relationships("word/header1.xml") == ()


@pytest.mark.parametrize(
    ("part", "target", "name"),
    [
        ("word/document.xml", "header1.xml", "word/header1.xml"),
        ("word/document.xml", "../docProps/core.xml", "docProps/core.xml"),
        ("word/document.xml", "/word/media/image%201.png", "word/media/image 1.png"),
        ("word/document.xml", "media\\image1.png", "word/media/image1.png"),
        ("", "word/document.xml", "word/document.xml"),
        ("a.xml", "../../../etc/passwd", "etc/passwd"),
    ],
)
def test_a_target_is_a_name_within_the_package(part: str, target: str, name: str) -> None:
    assert relationship(part, {"Id": "r1", "Type": "http://x/header", "Target": target}) == Relationship(
        "r1", "header", name, False
    )


def test_an_outside_target_is_kept_as_written() -> None:
    found = relationship("a.xml", {"Target": "..\\x", "TargetMode": "EXTERNAL"})
    assert found == Relationship("", "", "..\\x", True)


@pytest.mark.parametrize(
    ("part", "name"),
    [("", "_rels/.rels"), ("word/document.xml", "word/_rels/document.xml.rels"), ("a", "_rels/a.rels")],
)
def test_links_of_a_part_lie_beside_it(part: str, name: str) -> None:
    assert relationships_part(part) == name


def test_the_main_part_is_the_one_that_is_there() -> None:
    links = relationships(
        ("officeDocument", "https://example.vn/document.xml", True),
        ("officeDocument", "word/missing.xml", False),
        ("styles", "word/styles.xml", False),
        ("officeDocument", "WORD/Document.xml", False),
    )
    members = [("_rels/.rels", links), ("word/document.xml", b"<a/>"), ("word/styles.xml", b"<a/>")]
    assert open_package(zipped(members)).main == "word/document.xml"
    with pytest.raises(BadDocument) as caught:
        _ = open_package(zipped([members[0], members[2]])).main
    assert caught.value.code == "missing_part"


def test_a_media_type_is_the_parts_own_before_that_of_its_ending() -> None:
    types = content_types({"word/document.xml": "application/own"})
    package = open_package(zipped([("[Content_Types].xml", types)]))
    assert package.content_type("WORD/document.xml") == "application/own"
    assert package.content_type("word/other.xml") == "application/xml"
    assert package.content_type("word/other.png") == ""


@pytest.mark.parametrize(("members", "code"), [(4, None), (5, "too_many_members")])
def test_as_many_members_as_the_bound(monkeypatch: pytest.MonkeyPatch, members: int, code: str | None) -> None:
    monkeypatch.setattr(opened, "MAX_MEMBERS", 4)
    assert code_of(zipped([(f"{number}.xml", b"") for number in range(members)])) == code


@pytest.mark.parametrize(("over", "code"), [(0, None), (1, "too_large")])
def test_a_file_as_large_as_the_bound(monkeypatch: pytest.MonkeyPatch, over: int, code: str | None) -> None:
    data = word()
    monkeypatch.setattr(opened, "MAX_FILE", len(data) - over)
    assert code_of(data) == code


@pytest.mark.parametrize(("bound", "code"), [(20, None), (19, "bomb")])
def test_all_members_together_as_large_as_the_bound(
    monkeypatch: pytest.MonkeyPatch, bound: int, code: str | None
) -> None:
    monkeypatch.setattr(opened, "MAX_TOTAL", bound)
    assert code_of(zipped([("a.xml", b"x" * 10), ("b.xml", b"x" * 10)], zipfile.ZIP_STORED)) == code


@pytest.mark.parametrize(("bound", "code"), [(10, None), (9, "bomb")])
def test_a_member_as_large_as_the_bound(monkeypatch: pytest.MonkeyPatch, bound: int, code: str | None) -> None:
    monkeypatch.setattr(opened, "MAX_MEMBER", bound)
    assert code_of(zipped([("a.xml", b"x" * 10)], zipfile.ZIP_STORED)) == code


@pytest.mark.parametrize(("size", "code"), [(1_000, None), (1_001, "bomb")])
def test_only_a_large_member_is_asked_how_much_it_was_compressed(
    monkeypatch: pytest.MonkeyPatch, size: int, code: str | None
) -> None:
    monkeypatch.setattr(opened, "RATIO_FROM", 1_000)
    monkeypatch.setattr(opened, "MAX_RATIO", 2)
    assert code_of(zipped([("a.xml", b"x" * size)])) == code


def code_of(data: bytes) -> str | None:
    """The code of the refusal, None where there is none."""
    try:
        open_package(data)
    except BadDocument as error:
        return error.code
    return None


def test_a_changed_byte_is_noticed() -> None:
    data = zipped([("a.xml", b"x" * 100)], zipfile.ZIP_STORED).replace(b"x" * 100, b"x" * 99 + b"y")
    with pytest.raises(BadDocument) as caught:
        open_package(data).read("a.xml")
    assert (caught.value.code, caught.value.detail) == ("damaged", "a.xml")


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", word()[:-30]])
def test_what_is_no_whole_zip_is_damaged(data: bytes) -> None:
    assert code_of(data) == "damaged"


def test_another_way_of_compressing_is_told() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.xml", b"x" * 100)
    assert code_of(stream.getvalue()) == "damaged"
