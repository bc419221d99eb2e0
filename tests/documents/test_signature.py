"""What a PDF's signatures say, and nothing beyond what was verified."""

from __future__ import annotations

import io
import random

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.documents.signing import scan, signed

from plan_lifecycle.documents.signature import read_signatures

LEADER, REGISTRY = "Nguyễn Văn An", "Văn thư UBND xã Bình An"


def test_a_scan_has_none_and_is_sound() -> None:
    found = read_signatures(scan())
    assert (found.signatures, found.sound) == ((), True)


def test_signer_and_time_are_told() -> None:
    found = read_signatures(signed(LEADER))
    assert found.sound
    assert [each.signer for each in found.signatures] == [LEADER]
    assert found.signatures[0].signed_at is not None


def test_the_registrys_second_signature_is_no_tampering() -> None:
    found = read_signatures(signed(REGISTRY, signed(LEADER), field="registry"))
    assert found.sound
    assert [(each.signer, each.intact) for each in found.signatures] == [(LEADER, True), (REGISTRY, True)]


def test_changed_content_is_not_sound() -> None:
    assert not read_signatures(signed(LEADER).replace(b"595 842", b"595 841")).sound


def test_what_is_changed_after_the_last_signature_is_not_sound() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(LEADER)))
    writer.root["/Changed"] = generic.pdf_name("/Later")
    writer.update_root()
    stream = io.BytesIO()
    writer.write(stream)
    assert not read_signatures(stream.getvalue()).sound


@pytest.mark.parametrize("seed", range(30))
def test_for_any_bytes_there_is_an_answer(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(signed(LEADER))
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    found = read_signatures(bytes(data[: chance.randrange(len(data))]) if seed % 2 else bytes(data))
    assert found.sound in (True, False)
