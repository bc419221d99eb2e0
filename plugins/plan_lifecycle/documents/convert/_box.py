"""What the office program is given and what it is denied: a profile of its own, no macros, no links, no network.

Where the system lets us, it runs in namespaces of its own: without network, and so that all it ever started ends with
it. Where it does not, a proxy on a port where nobody listens is all that keeps it from the network.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from plan_lifecycle.documents.limits import Limits, limited_command
from plan_lifecycle.documents.package import MEGABYTE

# The kind is known, so the program is not to guess: a page of the web that calls itself .doc is not opened as one.
_READ_AS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8", "xls": "MS Excel 97", "ods": "calc8"}
_WRITE_AS = {
    "doc": "docx:MS Word 2007 XML", "rtf": "docx:MS Word 2007 XML", "odt": "docx:MS Word 2007 XML",
    "xls": "xlsx:Calc MS Excel 2007 XML", "ods": "xlsx:Calc MS Excel 2007 XML",
}  # fmt: skip
_NOWHERE = ("127.0.0.1", "9")
_MOST_WRITTEN = 256 * MEGABYTE
_COMMON = "/org.openoffice.Office.Common/"
_SETTINGS = (
    (f"{_COMMON}Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}Security/Scripting", "CheckDocumentEvents", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _NOWHERE[0]),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", _NOWHERE[1]),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE[0]),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", _NOWHERE[1]),
)
_NAMESPACES = (
    ("--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"),
    ("--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"),
    ("--net", "--pid", "--fork", "--kill-child"),
    ("--user", "--map-root-user", "--net"),
)


def command(program: Path, kind: str, paper: Path, folder: Path, limits: Limits) -> list[str]:
    """The command line that converts ``paper`` into ``folder/out`` within the limits."""
    office = [
        str(program), "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--infilter={_READ_AS[kind]}",
        "--convert-to", _WRITE_AS[kind], "--outdir", str(folder / "out"), str(paper),
    ]  # fmt: skip
    line = [*_namespaces(), *_bounded_files(), *office]
    return limited_command(line, limits)


def environment(folder: Path) -> dict[str, str]:
    """All that the program learns of where it runs; none of our secrets is among it."""
    nowhere = f"http://{':'.join(_NOWHERE)}"
    own = dict.fromkeys(("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), str(folder))
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), nowhere)
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"} | own | proxies


def write_profile(profile: Path) -> None:
    """Lay out the program's settings before it starts for the first time."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    namespaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    (profile / "user").mkdir(parents=True)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {namespaces}>{items}</oor:items>\n'
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


@cache
def _namespaces() -> tuple[str, ...]:
    """The words before a command that give it namespaces of its own, the most that this system allows."""
    unshare, nothing = shutil.which("unshare"), shutil.which("true")
    if unshare is None or nothing is None:
        return ()
    for options in _NAMESPACES:
        line = [unshare, *options, nothing]
        done = subprocess.run(line, check=False, capture_output=True, stdin=subprocess.DEVNULL)  # noqa: S603  our own
        if done.returncode == 0:
            return (unshare, *options)
    return ()


def _bounded_files() -> tuple[str, ...]:
    """The words before a command that bound each file that it writes."""
    limiter = shutil.which("prlimit")
    return (limiter, f"--fsize={_MOST_WRITTEN}", "--") if limiter else ()
