"""How a process of ours that is not Airflow's writes its log: as text, or as one JSON object a line.

With JSON, ``lifecycle.office.about`` puts plan, unit, obligation and run beside each line, as in Airflow's tasks.
"""

from __future__ import annotations

import logging
import sys

from plan_lifecycle.settings import Settings

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def write_logs(settings: Settings, *, level: int = logging.INFO) -> bool:
    """Write the log of this process to standard error as the settings say; return whether it is JSON."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format == "json"
    handler.setFormatter(_in_json() if as_json else logging.Formatter(TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=as_json)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # names its own parts at each start
    return as_json


def _in_json() -> logging.Formatter:
    import structlog

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
