"""From settings to the ways in (inbox folder, endpoints, mailbox), apart, for their clients are slow to import."""

from __future__ import annotations

import os
from pathlib import Path

from plan_lifecycle.channels import Channel, FolderChannel, ImapServer, MailboxChannel
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.config.sources import Endpoint, read_sources
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.secret_files import SUFFIX, read
from plan_lifecycle.settings import Settings


def channels(
    settings: Settings, mailbox: ImapServer | None = None, inbox: Path | None = None
) -> list[Channel | MailboxChannel]:
    """All ways in: the inbox folder, the endpoints and a mailbox where they are given.

    Another ``inbox`` than the settings' folder is handed in from outside: any Path-like. Raises InputError.
    """
    mailbox = mailbox or ImapServer.from_environment(os.environ)
    endpoints = [endpoint.channel for endpoint in read_sources(settings.sources_file).endpoints]
    names = ["folder", *(["http"] if settings.source_url else []), *endpoints, *(["mailbox"] if mailbox else [])]
    return [channel(settings, name, mailbox, inbox) for name in names]


def channel(
    settings: Settings, name: str, mailbox: ImapServer | None = None, inbox: Path | None = None
) -> Channel | MailboxChannel:
    """One way in by its name; what is wrong with another does not matter to it. Raises InputError."""
    if name == "folder":
        if inbox is None:
            inbox = settings.path(settings.inbox)
            inbox.mkdir(parents=True, exist_ok=True)
        return FolderChannel(inbox)
    if name == "http" and settings.source_url:
        token = settings.source_token.get_secret_value() if settings.source_token else None
        return HttpChannel(settings.source_url, token=token)
    if name == "mailbox" and mailbox is not None:
        return MailboxChannel(mailbox)
    found = next(
        (endpoint for endpoint in read_sources(settings.sources_file).endpoints if endpoint.channel == name), None
    )
    if found is None:
        raise InputError("a way in that the settings name", field="channel", found=name)
    return _endpoint(found, settings.path(settings.config))


def _endpoint(endpoint: Endpoint, folder: Path) -> HttpChannel:
    token = _token(endpoint.token) if endpoint.token else None
    if endpoint.token and not token:
        raise InputError("the endpoint's access token in the environment", field=endpoint.token)
    return HttpChannel(
        endpoint.url,
        name=endpoint.channel,
        token=token,
        units=endpoint.units,
        private=endpoint.allow_private,
        ca_file=folder / endpoint.ca_file if endpoint.ca_file else None,
    )


def _token(name: str) -> str | None:
    """The variable, or the file that the variable with ``_FILE`` names. Raises InputError where it cannot be read."""
    path = os.environ.get(name + SUFFIX)
    return os.environ.get(name) or (read(Path(path), field=name + SUFFIX) if path else None)
