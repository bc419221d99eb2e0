"""The ways in: each yields an Arrival, whatever the way; the mailbox yields whole messages, which somebody must judge.

A channel that cannot be asked raises ChannelError; one bad item among good ones is a ChannelFault in their midst, so
the others still come in. The client of endpoints is ``channels.http``, apart: what collects nothing starts without it.
"""

from plan_lifecycle.channels._header_text import safe_name
from plan_lifecycle.channels._parts import FilePart, IncomingMessage, read_message
from plan_lifecycle.channels.arriving import (
    MAX_FILE,
    Channel,
    ChannelError,
    ChannelFault,
    Conditional,
    Settling,
    Validator,
)
from plan_lifecycle.channels.folder import FolderChannel
from plan_lifecycle.channels.mailbox import ImapServer, MailboxChannel, MailItem, Verdict

__all__ = [
    "MAX_FILE",
    "Channel",
    "ChannelError",
    "ChannelFault",
    "Conditional",
    "FilePart",
    "FolderChannel",
    "ImapServer",
    "IncomingMessage",
    "MailItem",
    "MailboxChannel",
    "Settling",
    "Validator",
    "Verdict",
    "read_message",
    "safe_name",
]
