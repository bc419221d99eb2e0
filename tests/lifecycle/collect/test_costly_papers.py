"""A paper that takes too much to be read is refused and kept, by whatever reader; the others are filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from tests.documents import hostile
from tests.factories import (
    HOA_THANG,
    arrival,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.lifecycle.collect.test_collect import answers, arrivals, came

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.limits import Limits
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.collect import Collected
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store

WORDS = bad("too_costly").for_user
REPORT = {"item": "report", "period": "2023-H1"}
SIGNED = hostile.pdf(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>")


class GivesUp:
    """Reads here, save that one reader gives up each content that begins with ``data``."""

    def __init__(self, reader: str, data: bytes) -> None:
        self._reader, self._data = reader, data

    def __call__(self, read: Callable[..., Any], data: bytes, /, *args: Any, **kwargs: Any) -> Any:
        if read.__name__ == self._reader and data == self._data:
            raise bad("too_costly")
        return read(data, *args, **kwargs)


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe their plans, xã Bình An its report too."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    return make_office(store)


PAPERS: dict[str, tuple[bytes, dict[str, str], bool]] = {
    "look": (plan_file(), {}, True),
    "read_plan": (plan_file(), {}, False),
    "read_report_form": (report_file(), REPORT | {"file_name": "bao-cao.xlsx"}, False),
    "read_report_docx": (plan_file(), REPORT | {"file_name": "bao-cao.docx"}, False),
    "read_heading": (plan_file(), REPORT | {"file_name": "bao-cao.docx"}, False),
    "read_signatures": (SIGNED, {"file_name": "ky-so.pdf"}, False),
}


@pytest.mark.parametrize("reader", PAPERS)
def test_it_is_refused_with_its_words_and_kept_and_what_is_owed_stays_owed(office: Office, reader: str) -> None:
    data, claimed, quarantined = PAPERS[reader]
    careful = replace(office, bounded=GivesUp(reader, data))
    assert came(careful, arrival(data, **claimed)) == Collected(arrived=1, refused=1)
    assert arrivals(office) == [("refused", WORDS)]
    assert WORDS in answers(office)["return"]
    place = office.store.quarantine if quarantined else office.store.blobs
    assert place.get(sha256(data).hexdigest()) == data
    assert obligation_of(office.store).state is ObligationState.OPEN
    assert came(careful, arrival(data, **claimed)) == Collected()


def test_what_came_with_it_is_filed(office: Office) -> None:
    costly, other = plan_file(), plan_file(HOA_THANG)
    careful = replace(office, bounded=GivesUp("read_plan", costly))
    assert came(careful, arrival(costly), arrival(other, HOA_THANG, key="2")) == Collected(
        arrived=2, filed=1, refused=1, accepted=1
    )


def test_a_paper_made_to_be_too_much_ends_a_process_and_no_more(office: Office) -> None:
    made = hostile.word("<w:p/>" * 900_000)
    readers = ReaderPool(limits=Limits(cpu_seconds=60, memory=96 << 20))
    try:
        careful = replace(office, bounded=readers)
        assert came(careful, arrival(made), arrival(plan_file(HOA_THANG), HOA_THANG, key="2")) == Collected(
            arrived=2, filed=1, refused=1, accepted=1
        )
    finally:
        readers.close()
    assert arrivals(office) == [("refused", WORDS), ("filed", None)]
