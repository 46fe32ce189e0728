"""Refusing a file: an exception inside the readers, a sentence of theirs outside."""

from __future__ import annotations

from enum import Enum

__all__ = ["Refusal", "Refused"]


class Refusal(Enum):
    """Why nothing of a file can be used."""

    EMPTY = "empty"
    NOT_A_WORKBOOK = "not a workbook"
    TOO_OLD = "too old"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    HOSTILE = "hostile"
    TOO_LARGE = "too large"
    ARCHIVE = "archive"


class Refused(Exception):
    """The file cannot be used. ``reason`` says in Chinese what was seen (“是照片”, “XML 读不通”); of one that is
    TOO_LARGE ``limit`` says how much may be (“40MB”)."""

    def __init__(self, refusal: Refusal, reason: str = "", limit: str = "") -> None:
        super().__init__(refusal.value, reason)
        self.refusal = refusal
        self.reason = reason
        self.limit = limit
