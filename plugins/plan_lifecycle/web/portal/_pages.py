"""Pages out of ``templates/web``: every value is escaped, a name that is not there is an error and not a blank."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.state_words import ARRIVAL_WORDS, SUBMISSION_WORDS
from plan_lifecycle.domain.submission import ArrivalState, SubmissionState, clean, not_its_own
from plan_lifecycle.domain.telephone import Telephone
from plan_lifecycle.domain.writing import count_text, moment_words, short_date
from plan_lifecycle.lifecycle.portal import deadline_words
from plan_lifecycle.store.uploads import HistoryEntry


class Pages:
    """The templates of one folder."""

    def __init__(self, templates: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters |= {
            "ngay": short_date,
            "luc": moment_words,
            "so": count_text,
            "thoi_han": deadline_words,
            "ket_qua": became,
            "phai_gui_lai": to_mend,
            "tinh_ngay_gui": date_counts,
            "che": masked,
            "che_so": masked_number,
            "dung_luong": size_words,
        }
        static = sorted((templates / "static").iterdir())
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in static)).hexdigest()
        self._environment.globals["edition"] = digest[:8]

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """One page."""
        return HTMLResponse(self._environment.get_template(f"{name}.html").render(values), status)


def became(entry: HistoryEntry) -> str:
    """What became of a file, in a few words."""
    if entry.state:
        return SUBMISSION_WORDS[SubmissionState(entry.state)]
    return ARRIVAL_WORDS[ArrivalState(entry.arrival_state)]


def to_mend(entry: HistoryEntry) -> bool:
    """Whether the unit should mend it and send it again; what is only doubtful may be right."""
    kept_out = entry.arrival_state in (ArrivalState.REFUSED.value, ArrivalState.UNMATCHED.value)
    return kept_out or not clean(entry.findings)


def date_counts(entry: HistoryEntry) -> bool:
    """Whether the day on which it came stays on record: another's paper has none that counts for this unit."""
    return not not_its_own(entry.findings)


def masked(address: str) -> str:
    """n…@binhan.example.vn: enough to know one's own address by, too little to write to."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def masked_number(number: Telephone) -> str:
    """…999: enough to know one's own number by, too little to call."""
    return f"…{number.number[-3:]}"


def size_words(size: int) -> str:
    """1,2 MB; 15 KB."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / 1024))} KB"
