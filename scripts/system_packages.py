"""Install the Debian packages that marked tests need, or say which tests stay out without them.

As root on Debian the missing ones are installed (the list is printed first). Anywhere else their tests are left out,
and the list says so; under CI=true nothing may be left out, so a missing package is an error there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# program that shows the package is there -> Debian package, and the tests that need it
PACKAGES = {
    "soffice": ("libreoffice-writer-nogui", "Word files opened in LibreOffice"),
    "chromium": ("chromium", "pages in a browser"),
    "dovecot": ("dovecot-imapd", "the mailbox on a real IMAP server"),
    "pdftotext": ("poppler-utils", "text read back from PDF"),
}
LIBRARIES = {
    "libsclo.so": ("libreoffice-calc-nogui", "older workbooks converted by LibreOffice"),
}
"""A library of LibreOffice, which lies beside its program, and the package that brings it."""
FONT = "Liberation Serif"
"""It has the widths of Times New Roman; without it words break where they do in no office."""


def main() -> int:
    """Install what is missing where that is possible; exit code 1 only where CI would lose tests."""
    missing = [what for name, what in PACKAGES.items() if shutil.which(name) is None]
    missing += [what for name, what in LIBRARIES.items() if not _beside_office(name)]
    if not _has_font():
        missing.append(("fonts-liberation", "pages and documents with the right widths"))
    if not missing:
        return 0
    names = sorted({package for package, _ in missing})
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing for the marked tests:", " ".join(names), flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3"]
        subprocess.run([*quiet, "update"], check=False, env=environment, stdout=subprocess.DEVNULL)
        install = [*quiet, "install", "-y", "--no-install-recommends", *names]
        if subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL).returncode == 0:
            return 0
    for package, tests in missing:
        print(f"{package} is not installed: left out are the tests of {tests}", file=sys.stderr)
    return 1 if os.environ.get("CI") == "true" else 0


def _beside_office(library: str) -> bool:
    """Whether LibreOffice is there with this library."""
    office = shutil.which("soffice")
    return office is not None and Path(office).resolve().with_name(library).exists()


def _has_font() -> bool:
    """Whether the font itself is there: the program that lists fonts comes with other packages, too."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", f":family={FONT}"], check=False, capture_output=True).stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
