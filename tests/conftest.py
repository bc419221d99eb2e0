"""What all tests share: the optional samples, and the rule that nothing is left out unseen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from plan_lifecycle.documents.convert import _program, _run

SAMPLES = "PLAN_LIFECYCLE_SAMPLES"

# An example that takes long on a busy machine is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The year through Airflow takes longer than all else on one core: it goes first, the rest beside it."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)


@pytest.fixture(autouse=True)
def _own_office_program(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A test says itself that it is about LibreOffice (``system``), else it is the same wherever it runs.

    Tests that run beside each other do not wait for one another's conversions.
    """
    if request.node.get_closest_marker("system") is None:
        monkeypatch.setattr(_program, "on_path", lambda: None)
    elif "home" not in request.fixturenames:
        monkeypatch.setattr(_run, "_home", tmp_path_factory.getbasetemp)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real samples; the only permitted reason to skip."""
    folder = os.environ.get(SAMPLES)
    if not folder:
        pytest.skip(f"{SAMPLES} is not set")
    return Path(folder)
