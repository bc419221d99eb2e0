"""The words of a report, looked at when it comes in: what is empty, a neighbour's, its own of last time, or nobody's.

What is read here is kept, so that the compiled report reads no file again. A hundred neighbours are not loaded for it:
the store is asked which of them share runs of words, and only these are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.passage import Passage, Words
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Profile, TextRule
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.text_check import (
    Paragraph,
    copied_from,
    empty_sections,
    paragraphs,
    repeated_from,
    unplaced,
)
from plan_lifecycle.domain.writing import count_text, first_up
from plan_lifecycle.lifecycle.compile import Past, passages_of, read_written, readable_files
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.submission._bytes import Upload
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.lifecycle.submission._joining import joins
from plan_lifecycle.store import report_texts as text_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.submission_files import Part

OF_A_TEXT = {rule: Rule(f"report.text.{rule.value}") for rule in TextRule}
"""As which rule of a submission each of those of a report's words comes to the unit."""
OTHER_TEXT = "Nội dung khác"
WRITE_IT = "đề nghị bổ sung, nếu không phát sinh thì ghi rõ"
BY_OUTLINE = "đề nghị ghi theo đề mục của đề cương báo cáo"
LIKE_ANOTHER = "gần như trùng với báo cáo của một đơn vị khác; đề nghị kiểm tra, viết theo tình hình của đơn vị"
LIKE_ITS_LAST = "gần như trùng với báo cáo {} của đơn vị, kể cả số liệu; đề nghị cập nhật theo kỳ báo cáo này"
_KINDS = ("docx", "xlsx")
_NAMED = 4
"""Headings that a finding names; of more it tells the number."""


def with_words(
    desk: Desk, upload: Upload, verdict: Verdict, part: Part, checked: dict[int, Checked], owed: Sequence[Obligation]
) -> dict[int, Checked]:
    """Add what a report says in words, and what is asked about it. A paper that is no report is left as it is."""
    if owed[0].item is not Item.REPORT or part not in (Part.FIGURES, Part.SOURCE) or verdict.kind not in _KINDS:
        return checked
    read: dict[str, tuple[Passage, ...]] = {}
    found = dict(checked)
    for obligation in owed:
        of_this = checked[obligation.id]
        if any(finding.rule is Rule.PAPER_KIND for finding in of_this.findings):
            continue
        profile = desk.profile_of(obligation)
        if profile.code not in read:
            read[profile.code] = _read(upload, profile)
        with desk.office.store.read() as connection:
            look = _Look(desk, connection, obligation, profile, read[profile.code])
            found[obligation.id] = look.checked(of_this, part)
    return found


def keep_words(connection: Connection, blob: str, obligation: Obligation, words: Words) -> None:
    """Keep what was read, for the compiled report, and by what a copy of it is found."""
    text_rows.keep(connection, {blob: words.passages}, words.profile, readers_version())
    of = (obligation.receiver_id, obligation.period, obligation.unit_id)
    text_rows.keep_runs(connection, *of, blob, words.runs)


def renewed(findings: Iterable[Finding], words: Words | None) -> tuple[Finding, ...]:
    """The findings of a submission that another file of words joins: what is left empty is told of both together."""
    return tuple(finding for finding in findings if words is None or finding.rule is not Rule.REPORT_TEXT_EMPTY)


def _read(upload: Upload, profile: Profile) -> tuple[Passage, ...]:
    try:
        return upload.read(read_written, profile.sections)
    except (NotAPlan, BadDocument):
        return ()


@dataclass(frozen=True, slots=True)
class _Look:
    """One report's words as they are looked at."""

    desk: Desk
    connection: Connection
    obligation: Obligation
    profile: Profile
    passages: tuple[Passage, ...]

    def checked(self, checked: Checked, part: Part) -> Checked:
        """Give what was checked with the words and what is asked about them."""
        name = self.desk.tree.called(self.obligation.unit_id)
        own = paragraphs(self.passages, name)
        copied, neighbour = self._copied(own, name)
        rest = [one for one in own if one not in copied]
        findings = [
            *self._empty(checked, part),
            *self._unplaced(),
            *(
                self._asked(TextRule.COPIED, LIKE_ANOTHER, copied, aside=f"giống báo cáo của {neighbour}")
                if copied
                else ()
            ),
            *self._repeated(rest, name),
        ]
        runs = tuple((run, one.passage.place) for one in rest for run in one.kept_runs)
        words = Words(self.profile.reading, self.passages, runs)
        return replace(checked, findings=(*checked.findings, *findings), words=words)

    def _empty(self, checked: Checked, part: Part) -> Iterator[Finding]:
        unit = self.desk.tree.get(self.obligation.unit_id)
        if unit is None:
            return
        every = (*self.passages, *self._beside(checked, part))
        empty = empty_sections(every, self.profile, self._period.kind, unit.level)
        if empty:
            what = f"chưa có nội dung ở {_listed(f'{one.label} {one.section.heading}' for one in empty)}"
            yield self._finding(TextRule.EMPTY, f"{what}; {WRITE_IT}")

    def _beside(self, checked: Checked, part: Part) -> Iterator[Passage]:
        """What the other files of the submission say that this one joins."""
        latest = submission_rows.versions(self.connection, self.obligation.id)[-1:]
        for sent in latest:
            made_of = file_rows.parts(self.connection, [sent.id])[sent.id]
            if joins(sent, made_of, self.obligation.item, part, checked):
                yield from self._of_submissions([sent.id])

    def _unplaced(self) -> Iterator[Finding]:
        found = unplaced(self.passages)
        if found:
            headings = list(dict.fromkeys(one.heading for one in found if one.heading))
            under = f" (dưới {_listed(headings)})" if headings else ""
            what = f"{count_text(len(found))} đoạn{under} chưa rõ thuộc đề mục nào, được giữ ở phần “{OTHER_TEXT}”"
            yield self._finding(TextRule.OTHER, f"{what}; {BY_OUTLINE}")

    def _copied(self, own: Sequence[Paragraph], name: str) -> tuple[tuple[Paragraph, ...], str]:
        """The paragraphs that are a neighbour's, and which one's: that from which most of them are."""
        owed, runs = self.obligation, {run for one in own for run in one.kept_runs}
        near = text_rows.sharing_runs(self.connection, owed.receiver_id, owed.period, owed.unit_id, runs)
        texts = self._of_blobs([blob for _unit, blob in near])
        best: tuple[tuple[Paragraph, ...], str] = ((), "")
        for unit_id, blob in near:
            other = self.desk.tree.called(unit_id)
            mine = paragraphs([one.passage for one in own], name, other)
            found = copied_from(mine, paragraphs(texts[blob], other, name), self.profile.likeness)
            if len(found) > len(best[0]):
                places = {one.passage.place for one in found}
                best = tuple(one for one in own if one.passage.place in places), other
        return best

    def _repeated(self, own: Sequence[Paragraph], name: str) -> Iterator[Finding]:
        """Ask about what the unit said with the same figures in the period before, or a year ago."""
        past = Past(self.connection, self.desk.office.rules, [self.obligation.unit_id])
        for earlier in dict.fromkeys((self._period.previous, self._period.same_last_year)):
            owed = past.owed([self.obligation.unit_id], earlier)
            sent = submission_rows.accepted(self.connection, [obligation.id for obligation in owed])
            last = paragraphs(self._of_submissions([one.id for one in sent.values()]), name)
            found = repeated_from(own, last, self.profile.likeness)
            if found:
                yield from self._asked(TextRule.REPEATED, LIKE_ITS_LAST.format(earlier.label), found)
                return

    def _asked(self, rule: TextRule, what: str, found: Sequence[Paragraph], *, aside: str = "") -> Iterator[Finding]:
        """One finding for all paragraphs, with the headings under which they stand."""
        if found:
            headings = dict.fromkeys(one.passage.heading or "đầu báo cáo" for one in found)
            count = count_text(len(found))
            yield replace(self._finding(rule, f"{count} đoạn ở {_listed(headings)} {what}"), aside=aside)

    def _finding(self, rule: TextRule, what: str) -> Finding:
        if rule in self.profile.blocking:
            return Finding(OF_A_TEXT[rule], f"{first_up(what)}.")
        return Finding(OF_A_TEXT[rule], f"{TO_LOOK_AT}{what}.", blocks=False, doubt=True)

    def _of_submissions(self, ids: Sequence[int]) -> tuple[Passage, ...]:
        files = readable_files(self.connection, ids)
        texts = self._of_blobs([blob for blobs in files.values() for blob in blobs])
        return tuple(passage for passages in texts.values() for passage in passages)

    def _of_blobs(self, blobs: Sequence[str]) -> dict[str, tuple[Passage, ...]]:
        """What these files say. What had to be read, as a report of another kind, is read once a look at the store."""
        kept: dict[tuple[str, str], tuple[Passage, ...]] = self.desk.kept.setdefault("passages_read", {})
        again = {blob: kept[key] for blob in blobs if (key := (blob, self.profile.reading)) in kept}
        rest = [blob for blob in blobs if blob not in again]
        found, read_now = passages_of(self.desk.office, self.connection, rest, self.profile)
        kept |= {(blob, self.profile.reading): passages for blob, passages in read_now.items()}
        return found | again

    @property
    def _period(self) -> Period:
        return Period.parse(self.obligation.period)


def _listed(headings: Iterable[str]) -> str:
    """Name a few headings and count the rest."""
    every = list(headings)
    named = ", ".join(f"“{heading}”" for heading in every[:_NAMED])
    more = f" và {count_text(len(every) - _NAMED)} đề mục khác" if len(every) > _NAMED else ""
    return f"đề mục {named}{more}"
