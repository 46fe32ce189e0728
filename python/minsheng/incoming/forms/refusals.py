"""Refusing a 填报表: an exception inside the readers, a finding outside them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from ...domain.catalogue import submission as rules
from ...domain.finding import Severity
from ..spreadsheets.refusal import Refusal, Refused
from ..spreadsheets.workbook import ENDINGS

if TYPE_CHECKING:
    from ...domain.finding import Finding, Rule

__all__ = ["FormRefused", "finding_of"]

_RULES: Final = {
    Refusal.EMPTY: rules.EMPTY_FILE,
    Refusal.NOT_A_WORKBOOK: rules.NOT_A_TABLE,
    Refusal.TOO_OLD: rules.NOT_A_TABLE,
    Refusal.ENCRYPTED: rules.ENCRYPTED,
    Refusal.DAMAGED: rules.DAMAGED,
    Refusal.HOSTILE: rules.HOSTILE,
    Refusal.TOO_LARGE: rules.TOO_LARGE,
    Refusal.ARCHIVE: rules.OTHER_ARCHIVE,
}


class FormRefused(Exception):
    """The workbook can be read and yet not be used, for the reason that ``rule`` says with ``words``."""

    def __init__(self, rule: Rule, **words: Any) -> None:
        super().__init__(rule.code)
        self.rule = rule
        self.words = words


def finding_of(refused: Refused | FormRefused, file: str) -> Finding:
    """What is told of a file that is refused; its name only says how seriously that is to be taken: an .xlsx that is no
    workbook is an error, a photo beside the tables is not."""
    if isinstance(refused, FormRefused):
        return refused.rule.finding(file=file, **refused.words)
    rule, severity = _RULES[refused.refusal], None
    if rule is rules.NOT_A_TABLE and (
        refused.refusal is Refusal.TOO_OLD or PurePosixPath(file).suffix.lower() in ENDINGS
    ):
        severity = Severity.ERROR
    return rule.finding(
        file=file, severity=severity, reason=refused.reason, what=refused.reason, limit=refused.limit
    )
