"""Roles on PostgreSQL: one owns the tables and migrates them, another works and cannot change the trail.

The role that tasks and command work with reads and writes rows; of the trail it may add rows and read them. It makes,
alters and drops no table, so it cannot give itself more. The portal's may do less (``portal_role``). On SQLite there
are no roles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from plan_lifecycle.store.database import StoreError, in_our_words
from plan_lifecycle.store.engine import make_engine
from plan_lifecycle.store.migrations import HEAD, current, migrate
from plan_lifecycle.store.portal_role import portal_rights, refuse_member
from plan_lifecycle.store.tables import audit, metadata, typed_day

ONLY_ADDED_TO = frozenset({audit.name, typed_day.name})
"""Tables whose rows stay as they were written."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The versions before (None: empty) and after, and the roles that were given their rights.

    ``role`` None: the owner works; ``portal`` None: the portal works as ``role``.
    """

    before: str | None
    after: str
    role: str | None
    portal: str | None = None


def upgrade(owner_url: str, work_url: str, portal: str = "") -> Upgraded:
    """Bring the store to the newest version as its owner, and give the role of ``work_url`` what it needs, no more.

    ``portal`` names the role of the portal, where it has one of its own. Raises StoreError, without a URL's password;
    the store is then as it was.
    """
    engine, role = make_engine(owner_url), _working_role(owner_url, work_url)
    apart = portal if role is not None and portal not in ("", role) else None
    try:
        before = current(engine)
        if engine.dialect.name == "postgresql":
            _own_everything(engine)
        migrate(engine)
        if role is not None:
            with in_our_words(), engine.begin() as connection:
                _give_to_all(connection, role, apart)
    except SQLAlchemyError as error:
        why = str(error).partition("\n")[0]
        raise StoreError(f"cannot upgrade {engine.url.render_as_string()}: {why}") from error
    finally:
        engine.dispose()
    return Upgraded(before, HEAD, role, apart)


def _working_role(owner_url: str, work_url: str) -> str | None:
    """The role that works, where it is not the owner. Raises StoreError where the two URLs name different databases."""
    owner, works = make_url(owner_url), make_url(work_url)
    if owner.get_backend_name() != "postgresql":
        return None
    if owner.database != works.database:
        raise StoreError(
            f"found the databases {owner.database!r} (owner) and {works.database!r} (work), expected the same one",
            vi="Hai địa chỉ cơ sở dữ liệu (của chủ sở hữu và của chương trình) phải cùng trỏ đến một cơ sở dữ liệu.",
        )
    return works.username if works.username != owner.username else None


def _own_everything(engine: Engine) -> None:
    """Raise StoreError where the tables belong to another role: those of an installation with one role."""
    query = text(
        "SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'alembic_version'"
        " AND NOT pg_has_role(current_user, tableowner, 'USAGE')"
    )
    with engine.connect() as connection:
        if other := connection.execute(query).scalar_one_or_none():
            raise StoreError(
                f"found tables that belong to {other!r}, expected the role that migrates to own them; "
                "hand them over as docs/operations.md says under Upgrade",
                vi=f"Các bảng đang thuộc vai trò {other}; đề nghị người quản trị chuyển quyền sở hữu cho vai trò nâng "
                "cấp theo docs/operations.md, mục Upgrade.",
            )


def _give_to_all(connection: Connection, role: str, portal: str | None) -> None:
    """Give both roles their rights. Raises StoreError where one has more all the same."""
    every = {table.name: ("SELECT, INSERT, UPDATE, DELETE",) for table in metadata.sorted_tables}
    every |= dict.fromkeys(ONLY_ADDED_TO, ("SELECT, INSERT",)) | {"alembic_version": ("SELECT",)}
    _give(connection, role, every)
    if portal is not None:
        _give(connection, portal, portal_rights())
        refuse_member(connection, portal, role)
    query = text(f"SELECT has_table_privilege(:role, '{audit.name}', 'UPDATE, DELETE, TRUNCATE')")
    if connection.execute(query, {"role": role}).scalar_one():
        raise StoreError(
            f"found that {role} may change the trail, expected neither a superuser nor a member of the owner",
            vi=f"Vai trò {role} vẫn sửa được nhật ký; đề nghị dùng vai trò không phải quản trị, không thuộc vai trò sở "
            "hữu.",
        )


def _give(connection: Connection, role: str, rights: Mapping[str, Sequence[str]]) -> None:
    """Give the role these rights and take all others from it."""
    quote = connection.dialect.identifier_preparer.quote
    quoted, schema = quote(role), quote(connection.execute(text("SELECT current_schema()")).scalar_one())
    connection.execute(text(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {quoted}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"))
    for table in (*(one.name for one in metadata.sorted_tables), "alembic_version"):
        connection.execute(text(f'REVOKE ALL ON "{table}" FROM PUBLIC, {quoted}'))
        for allowed in rights.get(table, ()):
            connection.execute(text(f'GRANT {allowed} ON "{table}" TO {quoted}'))
    connection.execute(text(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}"))
