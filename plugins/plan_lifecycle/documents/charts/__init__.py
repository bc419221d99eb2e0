"""Native charts: drawn by Office from numbers that stand beside them, so that whoever gets the paper can edit both.

One drawing serves both documents: XlsxWriter writes it into a sheet of the workbook, and the part of the Word report is
the same drawing with a small workbook of its own, which Word opens on *Edit data*.
"""

from plan_lifecycle.documents.charts._sheet import write_charts
from plan_lifecycle.documents.charts._word import WordChart, chart_part, word_chart

__all__ = ["WordChart", "chart_part", "word_chart", "write_charts"]
