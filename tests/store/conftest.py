"""Every test here that asks for a store runs on SQLite and on PostgreSQL."""

from tests.databases import empty_url, store, url

__all__ = ["empty_url", "store", "url"]
