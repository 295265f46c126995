"""Logging: structlog over the standard library's, one line an event, with every secret struck out."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

STRUCK = "[secret]"
# A bot token wherever it stands, also percent-encoded in the address of a call.
_TOKEN = re.compile(r"\d{5,18}(?::|%3[Aa])[A-Za-z0-9_-]{20,100}")
# Louder than they are useful: each update, each request, each plugin.
_QUIET = ("aiogram.event", "aiohttp.access", "alembic", "apscheduler", "asyncio")


def set_up_logging(
    *, level: str, form: str, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Log everything of `level` and above to `stream` (stderr), as `console` lines or as `json`.

    Args:
        level: debug, info, warning or error.
        form: console or json.
        secrets: texts that are struck out wherever they stand, bot tokens besides.
        stream: where to; standard error by default.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(form),
                _striker(secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)


def _rendering(form: str) -> list[Processor]:
    if form == "json":
        return [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]


def _striker(secrets: Iterable[str]) -> Processor:
    """Works on the finished line, so a secret inside an exception or an address goes too."""
    words = "|".join([_TOKEN.pattern, *(re.escape(secret) for secret in secrets if secret)])
    pattern = re.compile(words)

    def strike(_: WrappedLogger, __: str, line: EventDict | str) -> str:
        return pattern.sub(STRUCK, str(line))

    return strike
