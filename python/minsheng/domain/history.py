"""The forms that were made, and what earlier merges did, as far as it still stands: the files that they took in, and what
they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .change import Place, Value
from .period import Period

__all__ = ["History", "MadeForm", "MergedFile"]


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A 填报表 that was made for a unit; ``sha256`` is empty where another content stood under its name already."""

    file: str
    sha256: str
    unit: str
    period: Period


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A file that an earlier merge took in; ``sent_on`` and ``saved_at`` (UTC) are when it says it was made."""

    file: str
    sha256: str
    unit: str
    period: Period
    sent_on: date | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True)
class History:
    """What the merges did that still stand: their files, oldest first, and what they wrote last, place by place. ``made``
    are the forms that were made.

    Something else that stands in the master was typed by somebody.
    """

    files: tuple[MergedFile, ...] = ()
    written: Mapping[Place, Value] = field(default_factory=dict)
    made: tuple[MadeForm, ...] = ()
