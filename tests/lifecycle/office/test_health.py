"""What ails an office is told in codes: nothing, its files, its configuration, its database."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import make_office

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.lifecycle.office import Ailment, ailments
from plan_lifecycle.settings import ROOT
from plan_lifecycle.store.database import StoreBusyError
from plan_lifecycle.store.engine import Store


def test_each_ailment_is_found_beside_the_others(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    office = replace(make_office(store), book=Adjustable(folder, "reminders.yaml"))
    assert ailments(office) == ()

    (folder / "reminders.yaml").write_text("ladders: [", encoding="utf-8")
    assert ailments(office) == (Ailment.CONFIGURATION,)
    monkeypatch.setattr("plan_lifecycle.lifecycle.office._health.os.access", lambda *_: False)
    assert ailments(office) == (Ailment.KEPT_FILES, Ailment.CONFIGURATION)

    def gone(_: object) -> None:
        raise StoreBusyError("refused")

    monkeypatch.setattr(Store, "read", gone)
    assert ailments(office) == (Ailment.DATABASE, Ailment.KEPT_FILES)
