"""A real Dovecot on the loopback, with TLS by an authority of its own; its mail belongs to ``nobody``.

Dovecot refuses mail of uid 0, and its processes must reach their folders, so the folder is not below pytest's own.
"""

from __future__ import annotations

import imaplib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode
from tests.mail.tls import certificate
from tests.patience import PATIENCE

from plan_lifecycle.channels import ImapServer

PASSWORD = "mat-khau-cua-phong"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1, 127.0.0.2
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/ca.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u:LAYOUT=fs
auth_mechanisms = plain
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; every user name is a mailbox."""

    folder: Path
    port: int
    starttls_port: int

    def server(self, user: str, **changed: object) -> ImapServer:
        """What a channel needs to ask this mailbox."""
        values = {"port": self.port, "ca_file": self.folder / "ca.pem", "timeout": PATIENCE} | changed
        return ImapServer("localhost", user, PASSWORD, **values)  # type: ignore[arg-type]

    def deliver(self, user: str, *messages: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        """Put messages into a folder, as a mail server would; ``at`` is when it took them, else now."""
        with self._client(user) as client:
            for data in messages:
                status, told = client.append(folder, None, at, data)  # type: ignore[arg-type]
                assert status == "OK", told

    def messages(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder; nothing where it does not exist."""
        with self._client(user) as client:
            if client.select(b'"%s"' % utf7_encode(folder), readonly=True)[0] != "OK":  # type: ignore[arg-type]
                return []
            uids = client.uid("SEARCH", "ALL")[1][0].split()
            return [client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1] for uid in uids]  # type: ignore[index]

    def seen(self, user: str, folder: str = "INBOX") -> int:
        """How many messages in a folder are marked as read."""
        with self._client(user) as client:
            client.select(f'"{folder}"', readonly=True)
            return len(client.uid("SEARCH", "SEEN")[1][0].split())

    def forget_uids(self, user: str) -> None:
        """Let the inbox get a new UIDVALIDITY, as after a restored back-up."""
        time.sleep(1.1)  # it counts in seconds
        for path in (self.folder / "mail" / user).glob("dovecot*"):
            path.unlink()

    @contextmanager
    def _client(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        with imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context) as client:
            client.login(user, PASSWORD)
            yield client


@contextmanager
def running() -> Iterator[Dovecot]:
    """Start a server, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="plan-lifecycle-imap-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    certificate(folder)
    tls, starttls = _free_ports()
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        CONFIGURATION.format(folder=folder, password=PASSWORD, tls=tls, starttls=starttls), encoding="utf-8"
    )
    process = subprocess.Popen(["dovecot", "-F", "-c", configuration])
    try:
        _wait_for(tls, process)
        yield Dovecot(folder, tls, starttls)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(int(PATIENCE / 0.05)):
        assert process.poll() is None, "Dovecot did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("Dovecot does not listen")
