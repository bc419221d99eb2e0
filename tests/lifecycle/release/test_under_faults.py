"""Reports under kills: no half report is mailed, none twice, and done once more everything is there."""

from __future__ import annotations

import pytest
from tests.reliability import report_faults


@pytest.mark.parametrize("act", report_faults.ACTS)
def test_whatever_step_a_process_dies_at_the_report_is_made_mailed_and_issued_once(act: str) -> None:
    faults = list(report_faults.died_at_every_step(act))
    assert len(faults) >= 8
    assert [fault for fault in faults if not fault.survived] == []
