"""Lateness, exactly (design, section 8): what a master says on a given day."""

from .as_json import as_json
from .judge import judge
from .measures import actual, last_report, latest_collected, pace, planned

__all__ = ["actual", "as_json", "judge", "last_report", "latest_collected", "pace", "planned"]
