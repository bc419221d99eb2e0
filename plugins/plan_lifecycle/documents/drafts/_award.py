"""The proposal of awards that a leader signs: who may be awarded, group by group."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, SignatureBlock, rule_under


@dataclass(frozen=True, slots=True)
class AwardRow:
    """A unit that is proposed, all as text; ``proposed`` is how much of it: "01 tập thể, 01 cá nhân"."""

    ordinal: str
    unit_name: str
    index: str
    rank: str
    band: str
    proposed: str


@dataclass(frozen=True, slots=True)
class AwardGroup:
    """The proposed units of one group; ``title`` is its name with their number."""

    title: str
    rows: tuple[AwardRow, ...]


@dataclass(frozen=True, slots=True)
class AwardProposal:
    """The draft of a *tờ trình* for an award. ``basis`` says which ranking it rests on ("Chỉ số …: năm 2026").

    ``also`` are the criteria that a person looks at, ``open`` what is still to be chosen.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    addressees: tuple[str, ...]
    basis: str
    award: str
    groups: tuple[AwardGroup, ...]
    also: tuple[str, ...]
    open: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)
