"""What a PDF's signatures say, what came after them, and nothing beyond what was verified."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from tests.documents.signing import (
    STAMP_OFFICE,
    filled_in,
    incoming_stamp,
    later,
    one_more_page,
    other_content,
    other_text,
    restricted,
    scan,
    signed,
    stamped_by_another_program,
    time_stamped,
    with_certificates,
    written,
)

from plan_lifecycle.documents.signature import Added, Addition, Certificate, read_signatures

LEADER, REGISTRY = "Nguyễn Văn An", "Văn thư UBND xã Bình An"
BEFORE = {
    "lines of a mail gateway": b"Received: from mail.example\r\nX-Scanned: yes\r\n\r\n",
    "a mark of byte order": b"\xef\xbb\xbf",
    "a registry's line": "Số đến: 12; ngày đến: 20/02/2023\n".encode(),
    "a thousand blanks": b" " * 1000,
}
BEHIND = {
    "blank lines": b"\r\n\r\n\n",
    "a footer of a mail gateway": b"\r\n--\r\nThis message was scanned.\r\n" * 20,
    "zeros": b"\0" * 3000,
}
Change = Callable[[IncrementalPdfFileWriter], None]


def test_a_scan_has_none_and_is_sound() -> None:
    found = read_signatures(scan())
    assert (found.signatures, found.sound) == ((), True)


def test_signer_and_time_are_told() -> None:
    found = read_signatures(signed(LEADER))
    assert found.sound
    assert [each.signer for each in found.signatures] == [LEADER]
    assert found.signatures[0].signed_at is not None
    assert found.signatures[0].added == ()


def test_the_registrys_second_signature_is_no_tampering() -> None:
    found = read_signatures(signed(REGISTRY, signed(LEADER), field="registry"))
    assert found.sound
    assert [(each.signer, each.intact) for each in found.signatures] == [(LEADER, True), (REGISTRY, True)]
    assert [each.added for each in found.signatures] == [(Added(Addition.SIGNATURE, (REGISTRY,)),), ()]


def test_the_incoming_number_that_is_signed_over_the_page_is_a_signature() -> None:
    found = read_signatures(signed(REGISTRY, signed(LEADER, written()), field="den", visible=True))
    assert found.sound
    assert found.signatures[0].added == (Added(Addition.SIGNATURE, (REGISTRY,)),)


def test_changed_content_is_not_sound() -> None:
    assert not read_signatures(signed(LEADER).replace(b"595 842", b"595 841")).sound


def test_what_is_changed_after_the_last_signature_is_not_sound() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(LEADER)))
    writer.root["/Changed"] = generic.pdf_name("/Later")
    writer.update_root()
    stream = io.BytesIO()
    writer.write(stream)
    assert not read_signatures(stream.getvalue()).sound


@pytest.mark.parametrize("before", BEFORE.values(), ids=list(BEFORE))
@pytest.mark.parametrize("behind", [b"", *BEHIND.values()], ids=["nothing", *BEHIND])
def test_what_stands_around_the_file_is_no_tampering(before: bytes, behind: bytes) -> None:
    found = read_signatures(before + signed(REGISTRY, signed(LEADER), field="registry") + behind)
    assert found.sound
    assert [each.signer for each in found.signatures] == [LEADER, REGISTRY]


@pytest.mark.parametrize("before", BEFORE.values(), ids=list(BEFORE))
def test_a_file_that_was_signed_together_with_lines_before_it_is_sound(
    before: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lenient:
        lenient.setattr("pyhanko.pdf_utils.reader._read_header_version", lambda _stream: (1, 7))
        both = signed(LEADER, written(before))
    found = read_signatures(both)
    assert (found.sound, found.signatures[0].signer, found.signatures[0].added) == (True, LEADER, ())
    assert not read_signatures(both.replace(b"45/BC", b"99/BC")).sound


def test_changed_content_is_not_sound_behind_other_lines_either() -> None:
    changed = signed(LEADER).replace(b"595 842", b"595 841")
    assert not read_signatures(BEFORE["lines of a mail gateway"] + changed).sound


@pytest.mark.parametrize(
    ("change", "added"),
    [
        (with_certificates, Added(Addition.VALIDATION)),
        (incoming_stamp, Added(Addition.ANNOTATION, ("1",))),
        (partial(incoming_stamp, subtype="/FreeText"), Added(Addition.ANNOTATION, ("1",))),
        (filled_in, Added(Addition.FORM, ("so_den",))),
    ],
    ids=["validation", "stamp", "note", "form"],
)
def test_what_offices_add_after_signing_is_told_with_its_kind(change: Change, added: Added) -> None:
    found = read_signatures(later(signed(LEADER, written()), change))
    assert found.sound
    assert found.signatures[0].added == (added,)


def test_a_stamp_of_a_program_that_rounds_measures_is_a_stamp() -> None:
    found = read_signatures(stamped_by_another_program(signed(LEADER, written())))
    assert found.sound
    assert found.signatures[0].added == (Added(Addition.ANNOTATION, ("1",)),)


def test_a_page_of_another_measure_is_a_change() -> None:
    def cropped(writer: IncrementalPdfFileWriter) -> None:
        incoming_stamp(writer)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/MediaBox"][3] = generic.FloatObject(800)
        writer.update_container(page)

    assert read_signatures(later(signed(LEADER, written()), cropped)).signatures[0].changed


def test_a_page_without_annotations_can_be_stamped_too() -> None:
    assert read_signatures(later(signed(LEADER), incoming_stamp)).sound
    assert read_signatures(later(later(signed(LEADER), incoming_stamp), incoming_stamp)).sound


def test_a_document_time_stamp_is_data_for_validation_and_no_signer() -> None:
    found = read_signatures(time_stamped(later(signed(LEADER, written()), with_certificates)))
    assert found.sound
    assert [(each.signer, each.added) for each in found.signatures] == [(LEADER, (Added(Addition.VALIDATION),))]


def test_everything_together_is_told_of_each_signature() -> None:
    by_both = signed(REGISTRY, later(signed(LEADER, written()), filled_in), field="registry", visible=True)
    found = read_signatures(BEFORE["a registry's line"] + later(time_stamped(by_both), incoming_stamp))
    assert found.sound
    stamp, archive = Added(Addition.ANNOTATION, ("1",)), Added(Addition.VALIDATION)
    by_registry, form = Added(Addition.SIGNATURE, (REGISTRY,)), Added(Addition.FORM, ("so_den",))
    assert [set(each.added) for each in found.signatures] == [{by_registry, archive, form, stamp}, {archive, stamp}]


@pytest.mark.parametrize("change", [other_text, other_content, one_more_page])
@pytest.mark.parametrize("around", [b"", BEFORE["lines of a mail gateway"]], ids=["as it is", "behind other lines"])
def test_another_text_or_page_is_a_change_whatever_else_was_added(change: Change, around: bytes) -> None:
    for changed in (
        later(signed(LEADER, written()), change),
        later(later(signed(LEADER, written()), incoming_stamp), change),
        later(later(signed(LEADER, written()), change), with_certificates),
    ):
        found = read_signatures(around + changed)
        assert not found.sound
        assert (found.signatures[0].intact, found.signatures[0].changed) == (True, True)


def test_a_later_signature_does_not_cover_up_a_change() -> None:
    found = read_signatures(signed(REGISTRY, later(signed(LEADER, written()), other_text), field="registry"))
    assert not found.sound
    assert [(each.signer, each.changed) for each in found.signatures] == [(LEADER, True), (REGISTRY, False)]


def test_a_stamp_does_not_cover_up_another_content_of_its_page() -> None:
    def stamped_and_changed(writer: IncrementalPdfFileWriter) -> None:
        other_content(writer)
        incoming_stamp(writer)

    assert read_signatures(later(signed(LEADER, written()), stamped_and_changed)).signatures[0].changed


def test_a_stamp_that_brings_the_signed_content_anew_is_a_change() -> None:
    """The stamp refers to the page's content, so that what it refers to would be cleared with it."""

    def hidden_in_a_stamp(writer: IncrementalPdfFileWriter) -> None:
        incoming_stamp(writer)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"][-1]["/Shown"] = page.raw_get("/Contents")
        other_text(writer)

    assert read_signatures(later(signed(LEADER, written()), hidden_in_a_stamp)).signatures[0].changed


def test_a_note_that_is_taken_away_is_a_change() -> None:
    def bare(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"] = generic.ArrayObject()
        writer.update_container(page)

    assert read_signatures(later(signed(LEADER, later(written(), incoming_stamp)), bare)).signatures[0].changed


def test_objects_behind_the_last_table_are_a_change() -> None:
    """A viewer that finds no table looks for objects, and the last one of a number counts."""
    page = b"\n4 0 obj\n<< /Length 9 >>\nstream\n(99) Tj  \nendstream\nendobj\n"
    assert read_signatures(signed(LEADER, written()) + page).signatures[0].changed


def test_the_time_of_an_authority_is_told_before_the_signers_own() -> None:
    signature = read_signatures(signed(LEADER, stamped=True)).signatures[0]
    assert signature.stamped_by == STAMP_OFFICE
    assert signature.signed_at is not None
    assert signature.signed_at.isoformat() == "2023-02-20T09:00:00+07:00"


@pytest.mark.parametrize(
    ("ends", "issuer", "term", "self_issued"),
    [
        (2033, "Ban Cơ yếu Chính phủ", Certificate.IN_TERM, False),
        (2022, "Ban Cơ yếu Chính phủ", Certificate.EXPIRED, False),
        (2033, None, Certificate.IN_TERM, True),
    ],
)
def test_a_certificate_of_unknown_origin_or_past_its_term_forges_nothing(
    ends: int, issuer: str | None, term: Certificate, self_issued: bool
) -> None:
    found = read_signatures(signed(LEADER, ends=ends, issuer=issuer))
    signature = found.signatures[0]
    assert found.sound
    assert (signature.certificate, signature.self_issued) == (term, self_issued)
    assert signature.issuer == (issuer or LEADER)


@pytest.mark.parametrize(
    ("permission", "allowed"), [(MDPPerm.NO_CHANGES, False), (MDPPerm.FILL_FORMS, True), (MDPPerm.ANNOTATE, True)]
)
def test_what_the_signer_did_not_allow_is_told_and_changes_nothing(permission: MDPPerm, allowed: bool) -> None:
    certified = signed(LEADER, written(), certify=True, docmdp_permissions=permission)
    signature = read_signatures(later(certified, filled_in)).signatures[0]
    assert (signature.intact, signature.changed, signature.allowed) == (True, False, allowed)
    assert read_signatures(later(certified, with_certificates)).signatures[0].allowed


def test_a_paper_of_which_only_printing_is_restricted_is_read_like_others() -> None:
    found = read_signatures(signed(LEADER, restricted(written())))
    assert (found.sound, found.signatures[0].signer) == (True, LEADER)


def test_a_way_of_signing_that_is_not_known_is_no_scan() -> None:
    found = read_signatures(signed(LEADER).replace(b"adbe.pkcs7.detached", b"adbe.pkcs7.unheard1"))
    assert [each.readable for each in found.signatures] == [False]


def test_one_that_cannot_be_read_is_not_sound_and_hides_no_other() -> None:
    both = signed(REGISTRY, signed(LEADER), field="registry")
    begin = both.index(b"/Contents <", both.index(b"/ByteRange")) + len(b"/Contents <")
    found = read_signatures(both[:begin] + b"00" * 20 + both[begin + 40 :])
    assert not found.sound
    assert {each.readable for each in found.signatures} == {True, False}


def test_the_fields_sample_is_sound_and_its_signer_told(samples: Path) -> None:
    found = read_signatures((samples / "field" / "docs" / "30-signed-then-ltv.pdf").read_bytes())
    assert (found.sound, [each.signer for each in found.signatures]) == (True, [LEADER])
    assert found.signatures[0].added == (Added(Addition.VALIDATION),)


@pytest.mark.parametrize("seed", range(30))
def test_for_any_bytes_there_is_an_answer(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(signed(LEADER))
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    found = read_signatures(bytes(data[: chance.randrange(len(data))]) if seed % 2 else bytes(data))
    assert found.sound in (True, False)
