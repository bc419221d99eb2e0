"""A chart says in words all that it shows."""

from __future__ import annotations

from plan_lifecycle.domain.chart import Chart, ChartForm, Series


def test_its_words_hold_every_number_and_what_is_not_known() -> None:
    series = (Series("Năm 2022", (1250, None)), Series("Năm 2023", (1300.5, 7)))
    chart = Chart("Tin, bài", ChartForm.COLUMNS, ("Cổng", "Mạng xã hội"), series, "tin, bài")
    assert chart.alternative == (
        "Tin, bài (tin, bài). Cổng: Năm 2022 1.250, Năm 2023 1.300,5; "
        "Mạng xã hội: Năm 2022 không có số liệu, Năm 2023 7."
    )
