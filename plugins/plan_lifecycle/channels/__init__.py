"""The ways in: each yields an Arrival, whatever the way.

A channel that cannot be asked raises ChannelError; one bad item among good ones is a ChannelFault in their midst, so
the others still come in.
"""

from plan_lifecycle.channels.arriving import Channel, ChannelError, ChannelFault
from plan_lifecycle.channels.folder import FolderChannel
from plan_lifecycle.channels.http import HttpChannel

__all__ = ["Channel", "ChannelError", "ChannelFault", "FolderChannel", "HttpChannel"]
