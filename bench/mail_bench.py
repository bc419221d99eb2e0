"""Letters a second through one connection, against yagmail as documented, EmailMessage, and a bare loop.

All send the same letter, plain and with a 15 KB file, to a sink in a process of its own, and once to aiosmtpd, which is
itself the slowest. Ours includes writing the MIME bytes; the bare loop sends bytes that lie ready. yagmail is called as
its manual shows: ``send`` for each letter.
"""

from __future__ import annotations

import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import yagmail
from tests.mail.factories import ONE_OF_EACH, TEMPLATES

from bench import Figure, alternate
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.message import Address, Attachment, build_message, stable_message_id
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Transport

FROM = "snv@binhthuan.example.vn"
LETTER = LetterTemplates(TEMPLATES).render(ONE_OF_EACH["reminder_before"])
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS = 100
Send = Callable[[], None]


def measure() -> list[Figure]:
    """Ratios of rates; ours and peer are letters a second."""
    with _server("bench.smtp_sink") as port, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau-bao-cao.docx"
        file.write_bytes(bytes(range(256)) * 60)
        figures = []
        for label, attached in (("plain", None), ("15 KB file", file)):
            ours = _ours(port, attached)
            figures += [
                _figure(f"mail.send_vs_yagmail ({label})", ours, _yagmail(port, attached), 5.0, "yagmail.send"),
                _figure(f"mail.send_vs_email_message ({label})", ours, _email_message(port, attached), 1.0, "smtplib"),
                _figure(f"mail.send_vs_bare_loop ({label})", ours, _bare_loop(port, attached), 0.5, "bytes lie ready"),
            ]
    with _server("tests.mail.faulty_server") as port:
        figures.append(
            _figure("mail.send_vs_yagmail (aiosmtpd)", _ours(port, None), _yagmail(port, None), None, "yagmail.send")
        )
    return [*figures, _wording()]


def _figure(name: str, ours: Send, peer: Send, goal: float | None, note: str) -> Figure:
    mine, theirs, ratio = alternate(ours, peer, rounds=5)
    return Figure(name, LETTERS / mine, LETTERS / theirs, ratio, goal, LETTERS, f"letters a second; peer: {note}")


def _wording() -> Figure:
    """Rendering text and HTML from a template with styles inlined; the time that sending does not include."""
    templates, context = LetterTemplates(TEMPLATES), ONE_OF_EACH["reminder_before"]
    seconds, _, _ = alternate(lambda: [templates.render(context) for _ in range(LETTERS)], lambda: None, rounds=3)
    return Figure("mail.wording", LETTERS / seconds, None, None, None, LETTERS, "letters worded a second")


def _ours(port: int, attached: Path | None) -> Send:
    server = MailServer("127.0.0.1", port, Address(FROM), security=Security.NONE, timeout=30.0)

    def send() -> None:
        with Transport(server) as transport:
            for number in range(LETTERS):
                assert transport.send(_bytes(number, attached), FROM, [_to(number)]).accepted

    return send


def _bytes(number: int, attached: Path | None) -> bytes:
    files = [Attachment(attached.name, DOCX, attached.read_bytes())] if attached else []
    return build_message(
        sender=Address(FROM, "Sở Nội vụ"),
        recipients=[Address(_to(number), "UBND xã Bình An")],
        subject=LETTER.subject,
        text=LETTER.text,
        html=LETTER.html,
        message_id=stable_message_id(number, domain="binhthuan.example.vn"),
        date=datetime(2026, 6, 9, tzinfo=UTC),
        attachments=files,
    )


def _yagmail(port: int, attached: Path | None) -> Send:
    def send() -> None:
        client = yagmail.SMTP(
            FROM, host="127.0.0.1", port=port, smtp_ssl=False, smtp_starttls=False, smtp_skip_login=True, timeout=30
        )
        for number in range(LETTERS):
            client.send(_to(number), LETTER.subject, LETTER.html, attachments=str(attached) if attached else None)
        client.close()

    return send


def _email_message(port: int, attached: Path | None) -> Send:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost", timeout=30) as connection:
            for number in range(LETTERS):
                message = EmailMessage()
                message["From"], message["To"], message["Subject"] = FROM, _to(number), LETTER.subject
                message.set_content(LETTER.text)
                message.add_alternative(LETTER.html, subtype="html")
                if attached:
                    main, _, sub = DOCX.partition("/")
                    message.add_attachment(attached.read_bytes(), maintype=main, subtype=sub, filename=attached.name)
                connection.send_message(message)

    return send


def _bare_loop(port: int, attached: Path | None) -> Send:
    ready = [_bytes(number, attached) for number in range(LETTERS)]

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost", timeout=30) as connection:
            for number, data in enumerate(ready):
                connection.sendmail(FROM, [_to(number)], data)

    return send


def _to(number: int) -> str:
    return f"xa{number}@binhthuan.example.vn"


@contextmanager
def _server(module: str) -> Iterator[int]:
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()
