"""Is a document in the form that Nghị định 30/2020/NĐ-CP asks for? One commune's plan, read as its reader sees it.

``check_form`` finds each element by what it says, in whatever way the page was laid out, and compares its effective
look with Phụ lục I. A document in form has no finding. What offices are known to write (a number of four digits, Uỷ
beside Ủy) is a warning: it may stand.
"""

from __future__ import annotations

from plan_lifecycle.documents.check._annex import check_annexes
from plan_lifecycle.documents.check._bases import check_bases
from plan_lifecycle.documents.check._body import check_body
from plan_lifecycle.documents.check._elements import find_elements
from plan_lifecycle.documents.check._findings import ERROR, RULES, WARNING, Finding, Report, Rule, rule_of
from plan_lifecycle.documents.check._fonts import check_fonts
from plan_lifecycle.documents.check._head import check_head
from plan_lifecycle.documents.check._headings import check_headings
from plan_lifecycle.documents.check._number import check_number_and_date
from plan_lifecycle.documents.check._page import check_page
from plan_lifecycle.documents.check._recipients import check_recipients
from plan_lifecycle.documents.check._signature import check_signature
from plan_lifecycle.documents.check._spelling import check_spelling
from plan_lifecycle.documents.check._title import check_title
from plan_lifecycle.documents.formatting import read_layout
from plan_lifecycle.documents.package import open_package

_GROUPS = (
    check_page, check_fonts, check_head, check_number_and_date, check_title, check_bases, check_body, check_headings,
    check_signature, check_recipients, check_annexes, check_spelling,
)  # fmt: skip


def check_form(data: bytes, *, draft: bool = False) -> tuple[Finding, ...]:
    """The deviations of a Word document from the form, in the order of the page.

    With ``draft`` the number, the date and the signer's name may be open, as in what a department sends for signature.
    Raises BadDocument where the bytes are no Word document that can be read.
    """
    elements = find_elements(read_layout(open_package(data)))
    report = Report(draft)
    for check in _GROUPS:
        check(report, elements)
    return report.findings()


__all__ = ["ERROR", "RULES", "WARNING", "Finding", "Rule", "check_form", "rule_of"]
