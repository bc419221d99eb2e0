"""Where each element of a document's form stands: found by what it says, however it was laid out.

A document is walked once from the top: head (names, number, date), title, addressee, text, foot (recipients and
signature), annexes. What is not found is None or empty, and the rules say what that means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.documents.check._closing import Closing, find_closing
from plan_lifecycle.documents.check._kinds import LETTER
from plan_lifecycle.documents.check._spots import fold, is_rule
from plan_lifecycle.documents.check._top import Title, Top, find_title, find_top
from plan_lifecycle.documents.formatting import Block, Layout, Paragraph, Table, every_paragraph

_ADDRESSEE = re.compile(r"^kinh gui\b")
_BASIS = re.compile(r"^(can cu|theo de nghi|xet (de nghi|to trinh|bao cao))\b")
_WEAK_BASIS = re.compile(r"^(thuc hien|theo|chiu|tren co so)\b.*;$", re.DOTALL)
# ``Căn cứ Kế hoạch số …, Ủy ban nhân dân xã ban hành Kế hoạch năm 2023.``: a sentence whose subject is the agency.
_SENTENCE = re.compile(
    r"[,;] (uy ban|ubnd|so|phong|van phong|hoi dong|ban) [^,;]*"
    r"\b(ban hanh|xay dung|bao cao|de nghi|yeu cau|thong bao|huong dan|trien khai|quyet dinh)\b"
)
_MOST_ADDRESSEES = 40


@dataclass(frozen=True)
class Elements:
    """The parts of one document. ``body`` holds the paragraphs of the text outside tables; ``annexes`` the blocks
    after the foot.
    """

    layout: Layout
    top: Top
    title: Title
    closing: Closing
    addressee: tuple[Paragraph, ...] = ()
    bases: tuple[Paragraph, ...] = ()
    body: tuple[Block, ...] = ()
    annexes: tuple[Block, ...] = ()

    @property
    def kind(self) -> str:
        """The type's name, or CÔNG VĂN where the document has none."""
        return self.title.kind or LETTER

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The non-empty paragraphs of the text."""
        return tuple(block for block in self.body if isinstance(block, Paragraph) and block.text.strip())


def find_elements(layout: Layout) -> Elements:
    """Find the parts of a document; never fails, whatever the document is."""
    top = find_top(layout.blocks)
    title = find_title(layout.blocks, top)
    begin = max(top.last_block, title.last_block) + 1
    closing = find_closing(layout.blocks, begin)
    text = list(layout.blocks[begin : closing.first_block])
    addressee = _take_addressee(text)
    return Elements(
        layout=layout,
        top=top,
        title=title,
        closing=closing,
        addressee=addressee,
        bases=_bases(text),
        body=tuple(text),
        annexes=layout.blocks[closing.last_block + 1 :],
    )


def _take_addressee(text: list[Block]) -> tuple[Paragraph, ...]:
    """Take ``Kính gửi`` and the lines that name the addressees out of the text."""
    for index, block in enumerate(text[:12]):
        inside = [paragraph for paragraph in every_paragraph((block,)) if paragraph.text.strip()]
        if not inside or not _ADDRESSEE.match(fold(inside[0].text)):
            continue
        if isinstance(block, Table):
            del text[index]
            return tuple(inside)
        end = index + 1
        while end < min(len(text), index + _MOST_ADDRESSEES) and _goes_on(text[end]):
            end += 1
        taken = [each for each in text[index:end] if isinstance(each, Paragraph) and each.text.strip()]
        del text[index:end]
        return tuple(taken)
    return ()


def _goes_on(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    shown = block.text.strip()
    return not shown or (shown[0] in "-–•+" and len(shown) < 200)


def _bases(text: list[Block]) -> tuple[Paragraph, ...]:
    """The legal bases: the paragraphs before the first other one that begin like a basis and do not lead over.

    ``Căn cứ Kế hoạch số …, UBND xã ban hành Kế hoạch như sau:`` is the opening sentence of the text, not a basis.
    """
    found: list[Paragraph] = []
    for block in text:
        if not isinstance(block, Paragraph):
            break
        folded = fold(block.text)
        if not folded or is_rule(block.text) or _is_authority_line(block):
            continue
        if not (_BASIS.match(folded) or _WEAK_BASIS.match(folded)):
            break
        if folded.endswith((":", "nhu sau", "sau day")) or _SENTENCE.search(folded):
            break
        found.append(block)
    return tuple(found)


def _is_authority_line(paragraph: Paragraph) -> bool:
    """``ỦY BAN NHÂN DÂN XÃ BÌNH AN`` above the bases of a decision."""
    text = paragraph.text.strip()
    return text == text.upper() and any(sign.isalpha() for sign in text)
