"""``plan-lifecycle secrets``: draw an installation's secrets; refuse to start with missing or sample ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.domain.errors import PlanLifecycleError

app = typer.Typer(no_args_is_help=True, add_completion=False)
Folder = Annotated[Path, typer.Argument(help="The folder of the secrets, a file each.")]


class SecretsError(PlanLifecycleError):
    """Secrets with which nothing may be started."""


@app.callback()
def secrets() -> None:
    """The secrets of docker-compose.yaml, as files."""


@app.command()
def new(folder: Folder = Path("secrets"), as_json: AsJson = False) -> None:
    """Draw what is missing; what is there stays. No secret is shown."""
    from plan_lifecycle.secret_files import make

    say({"folder": str(folder), "made": make(folder)}, as_json=as_json, human=_told)


@app.command()
def check(folder: Folder = Path("/run/secrets"), as_json: AsJson = False) -> None:
    """Look whether each secret is there, long enough, its own and no sample's; exit code 1 says no. None is shown.

    `docker-compose.yaml` asks this before anything is started.
    """
    from plan_lifecycle.secret_files import faults

    found = faults(folder)
    say({"folder": str(folder), "faults": found}, as_json=as_json, human=_verdict)
    if found:
        vi = f"Khóa chưa dùng được: {', '.join(found)}; đề nghị xóa các tệp này rồi chạy plan-lifecycle secrets new."
        raise SecretsError(f"{len(found)} secrets with which nothing is started", vi=vi)


def _told(answer: dict[str, Any]) -> str:
    return "\n".join([f"Đã tạo {len(answer['made'])} khóa trong {answer['folder']}.", *answer["made"]])


def _verdict(answer: dict[str, Any]) -> str:
    if not answer["faults"]:
        return "Các khóa đều dùng được."
    return "\n".join(f"{name}: {why}" for name, why in answer["faults"].items())
