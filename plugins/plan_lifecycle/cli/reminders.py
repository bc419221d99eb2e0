"""``plan-lifecycle reminders``: see what will be sent and why; pause them; draft the official letter."""

from __future__ import annotations

import typer

from plan_lifecycle.cli._reminders_decide import away, back, resend, resume, sample, suspend
from plan_lifecycle.cli._reminders_show import explain, preview
from plan_lifecycle.cli._reminders_tell import confirm, digest, letter

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def reminders() -> None:
    """Reminders: preview, explain, pause, name a substitute."""


app.command("preview")(preview)
app.command("explain")(explain)
app.command("suspend")(suspend)
app.command("resume")(resume)
app.command("away")(away)
app.command("back")(back)
app.command("resend")(resend)
app.command("sample")(sample)
app.command("letter")(letter)
app.command("digest")(digest)
app.command("confirm")(confirm)
