"""The draft of the proposal (*tờ trình*) for an award, as Word: who is proposed, what is still to be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from plan_lifecycle.documents.drafts import AwardGroup, AwardProposal, AwardRow, SignatureBlock
from plan_lifecycle.documents.render import render_award_proposal
from plan_lifecycle.domain.award import Award
from plan_lifecycle.domain.writing import count_text, file_name, first_down
from plan_lifecycle.lifecycle.appraise._awards import Review, review_of, years_words
from plan_lifecycle.lifecycle.appraise._round import ScoringRound
from plan_lifecycle.lifecycle.office import Office, letterhead
from plan_lifecycle.store import units as unit_rows


def award_proposal(office: Office, rounds: Sequence[ScoringRound], award: Award, now: datetime) -> tuple[str, bytes]:
    """Draft the proposal after these years: the file's name and its bytes; number, day and signer stay open."""
    review, receiver = review_of(office, rounds, award), rounds[-1].receiver
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    writes = office.coordinating_agency(tree, receiver)
    years = years_words(review.years)
    name = tree.named(writes)
    draft = AwardProposal(
        head=letterhead(tree, writes, "TTr", now.year),
        unit_name=name,
        abstract=f"Về việc đề nghị tặng {award.name} {'năm' if len(review.years) == 1 else 'giai đoạn'} {years}",
        addressees=(receiver.agency,) if writes is not receiver else (f"Lãnh đạo {receiver.agency}",),
        basis=first_down(review.title),
        award=award.name,
        groups=tuple(_groups(review)),
        also=award.also,
        open=tuple(_open(review)),
        recipients=("Như trên", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(writes, now.date())),
    )
    return file_name(f"Du thao to trinh khen thuong {years}", "docx"), render_award_proposal(
        draft, office.word_templates
    )


def _groups(review: Review) -> Iterator[AwardGroup]:
    award = review.award
    share = f"{count_text(award.collectives)} tập thể, {count_text(award.individuals)} cá nhân"
    for group in review.groups:
        rows = tuple(
            AwardRow(
                str(number),
                place.unit,
                f"{place.index}".replace(".", ","),
                str(place.rank),
                place.band or "",
                f"Không quá {share}",
            )
            for number, place in enumerate(group.proposed, start=1)
        )
        if rows:
            yield AwardGroup(f"{group.group} ({count_text(len(rows))} đơn vị)", rows)


def _open(review: Review) -> Iterator[str]:
    """What a person still has to do before it is signed."""
    for group in review.groups:
        if group.tie is not None:
            names = ", ".join(place.unit for place in group.tie.units)
            left = count_text(group.tie.left)
            yield f"Còn chọn {left} đơn vị trong các đơn vị đồng hạng {group.tie.rank} của nhóm {group.group}: {names}."
    for unit, year in review.missing:
        yield f"Chưa thẩm định xong năm {year}: {unit}."
