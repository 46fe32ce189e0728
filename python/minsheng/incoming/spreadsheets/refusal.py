"""Refusing a file: an exception inside this room, a finding outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...domain.finding import Finding, Rule

__all__ = ["Refused"]


class Refused(Exception):
    """The file cannot be used, for the reason that ``rule`` says; the reader of the file turns it into a finding."""

    def __init__(self, rule: Rule, **words: Any) -> None:
        super().__init__(rule.code)
        self.rule = rule
        self.words = words

    def finding(self, file: str) -> Finding:
        return self.rule.finding(file=file, **self.words)
