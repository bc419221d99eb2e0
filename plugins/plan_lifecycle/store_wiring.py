"""From settings to the store and the keys of its trail; what needs no more than that starts without the rest."""

from __future__ import annotations

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.seal import FIELD, SealKeys


def store_of(settings: Settings) -> Store:
    """The settings' store, opened with the key of its trail. Raises StoreError, InputError."""
    return open_store(settings.database, settings.blobs, durable=settings.durable, seal=seal_keys(settings))


def seal_keys(settings: Settings) -> SealKeys | None:
    """The keys of the trail, the one that seals first; None where the settings name none. Raises InputError."""
    if settings.trail_secret is None:
        return None
    newest, before = settings.trail_secret.get_secret_value(), settings.trail_secrets_before
    if settings.link_secret is not None and newest == settings.link_secret.get_secret_value():
        vi = f"Khóa niêm phong nhật ký ({FIELD}) phải khác khóa ký liên kết."
        raise InputError("a secret of its own, not that of the links", field=FIELD, vi=vi)
    return SealKeys([newest, *(before.get_secret_value().split() if before else ())])
