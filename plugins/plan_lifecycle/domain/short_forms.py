"""What officials abbreviate in headings, tasks and names of indicators, written out so that words can be compared."""

from __future__ import annotations

from collections.abc import Iterable

SHORT_FORMS = {
    "cbccvc": "cán bộ công chức viên chức",
    "cchc": "cải cách hành chính",
    "cntt": "công nghệ thông tin",
    "cđs": "chuyển đổi số",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "kh": "kế hoạch",
    "nsnn": "ngân sách nhà nước",
    "pakn": "phản ánh kiến nghị",
    "qppl": "quy phạm pháp luật",
    "sncl": "sự nghiệp công lập",
    "tt": "thông tin",
    "tthc": "thủ tục hành chính",
    "ubnd": "ủy ban nhân dân",
    "vb": "văn bản",
    "vbqppl": "văn bản quy phạm pháp luật",
    "đvsn": "đơn vị sự nghiệp",
    "đvsncl": "đơn vị sự nghiệp công lập",
}
"""Each in normal form (``text.normalise``)."""


def written_out(words: Iterable[str]) -> list[str]:
    """Words in normal form with what is abbreviated written out: ["100", "tthc"] has four syllables after "100"."""
    return [syllable for word in words for syllable in SHORT_FORMS.get(word, word).split()]
