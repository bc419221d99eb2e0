"""The units' portal: one signed link opens one page on which a unit sees what it owes and hands it in.

An official of xã Bình An opens the address in a letter, or types the short one and a code; sees what is owed, until
when and under which plan; uploads the plan, or fills the report form and takes it home as a Word file to be signed.
No password is ever asked. It runs alone behind a proxy and imports nothing of Airflow.
"""

from plan_lifecycle.web.portal._app import create_portal, from_environment

__all__ = ["create_portal", "from_environment"]
