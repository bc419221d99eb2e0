"""What the shipped Word templates are filled with: the documents that a department drafts and a leader signs.

The software never issues a document. Number, day and signer therefore stay open here (None or empty) until the
registry and the leader have done their part; everything else is text exactly as it is to stand on the paper, in
Vietnamese. The fields and properties are the variables of the template, under the same names.

The layout they follow is that of Nghị định 30/2020/NĐ-CP, Phụ lục I and III.
"""

from plan_lifecycle.documents.drafts._award import AwardGroup, AwardProposal, AwardRow
from plan_lifecycle.documents.drafts._overview import (
    ConsolidatedReport,
    FormLine,
    FormTable,
    LateUnit,
    ReceiptCounts,
    ReminderLetter,
)
from plan_lifecycle.documents.drafts._parts import (
    ChangeRow,
    IndexRow,
    Letterhead,
    OutlineSection,
    PlanReference,
    SectionTables,
    ShownChart,
    SignatureBlock,
    TargetRow,
    TaskRow,
    rule_under,
)
from plan_lifecycle.documents.drafts._report import BREAK, FigureTable, IndicatorRow, OwnTask, ReportForm
from plan_lifecycle.documents.drafts._sub_plan import ActivityRow, DutyRow, SubPlanDraft
from plan_lifecycle.documents.drafts._variables import variables_of

__all__ = [
    "BREAK",
    "ActivityRow",
    "AwardGroup",
    "AwardProposal",
    "AwardRow",
    "ChangeRow",
    "ConsolidatedReport",
    "DutyRow",
    "FigureTable",
    "FormLine",
    "FormTable",
    "IndexRow",
    "IndicatorRow",
    "LateUnit",
    "Letterhead",
    "OutlineSection",
    "OwnTask",
    "PlanReference",
    "ReceiptCounts",
    "ReminderLetter",
    "ReportForm",
    "SectionTables",
    "ShownChart",
    "SignatureBlock",
    "SubPlanDraft",
    "TargetRow",
    "TaskRow",
    "rule_under",
    "variables_of",
]
