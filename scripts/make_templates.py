"""Write the shipped Word templates into templates/documents: ``python -m scripts.make_templates [folder]``.

What comes out is a starting point: a coordinator edits the .docx in Word (docs/vi/mau-van-ban.md) and never needs this
script. The variables are the fields of ``plan_lifecycle.documents.drafts``. Same script, same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from scripts.templates.award_proposal import award_proposal
from scripts.templates.consolidated_report import consolidated_report
from scripts.templates.reminder_letter import reminder_letter
from scripts.templates.report_form import report_form
from scripts.templates.sub_plan import sub_plan

TEMPLATES = Path(__file__).parents[1] / "templates" / "documents"


def main(folder: Path = TEMPLATES) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SHIPPED.items():
        (folder / name).write_bytes(make())
        print(folder / name)


SHIPPED: dict[str, Callable[[], bytes]] = {
    "sub-plan.docx": sub_plan,
    "report-form.docx": report_form,
    "consolidated-report.docx": consolidated_report,
    "reminder-letter.docx": reminder_letter,
    "award-proposal.docx": award_proposal,
}

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
