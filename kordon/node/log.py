"""What the node says about itself while it runs: to standard error, one line each.

No personal data: of a request only an id, the method, the pattern of its path (never the path,
which may hold a document's number, nor what was asked) and how it ended.
"""

import logging
import logging.config
from typing import Any

import structlog

SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


class PatternOnly(logging.Filter):
    """Django's own request lines name the path; this puts the pattern in its place."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and len(record.args) == 2:
            record.args = (record.args[0], pattern_of(request))
        record.__dict__.pop("request", None)
        return True


def pattern_of(request: Any) -> str:
    """``accounts/people/<uuid:person>/`` for the request; ``?`` where no page answers."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "?"


def configure(wishes: dict[str, Any]) -> None:
    """Called by Django with ``settings.LOGGING``: ``level`` and ``json``."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    shown: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if wishes["json"]
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_as_written)
    )
    logging.config.dictConfig(_handlers(wishes["level"], shown))


def _handlers(level: str, shown: structlog.typing.Processor) -> dict[str, Any]:
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"pattern_only": {"()": PatternOnly}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [strip, shown],
            }
        },
        "handlers": {
            "error_stream": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["pattern_only"],
            }
        },
        "root": {"handlers": ["error_stream"], "level": level},
        "loggers": {
            # What a visitor mistyped is in the line of the request already.
            "django.request": {"level": "ERROR"},
            "numba": {"level": "WARNING"},
            # It warns of how the broker's client uses it, which nobody here can change.
            "asyncio": {"level": "ERROR"},
        },
    }


def _as_written(stream: Any, error: Any) -> None:
    structlog.dev.plain_traceback(stream, error)
