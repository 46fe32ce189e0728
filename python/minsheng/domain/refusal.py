"""What units sent and the master did not take in: whole files, and places of files that were taken in otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from .finding import Finding
from .report import ReportKey

__all__ = ["Refusal"]

_MOST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """One of them, and the rule that refused it. Without ``cell`` it is the whole file.

    ``unit`` is whose row it is, of a whole file who sent it as far as it says so itself; ``month`` is the file's own, None
    where it says none; ``text`` is what stood in the cell, ``reason`` the sentence of the finding.
    """

    code: str
    file: str
    sha256: str
    reason: str
    unit: str = ""
    month: int | None = None
    project: int | None = None
    measure: int | None = None
    sheet: str = ""
    cell: str = ""
    text: str = ""

    @classmethod
    def of(cls, finding: Finding, sha256: str, unit: str | None, month: int | None) -> Refusal:
        """What ``finding`` says of a file with that hash; ``unit`` and ``month`` are the file's."""
        text = " ".join(finding.original.split())
        return cls(
            finding.code,
            finding.file or "",
            sha256,
            finding.message,
            (finding.unit if finding.cell else unit) or "",
            month,
            finding.project,
            finding.measure,
            finding.sheet or "",
            finding.cell or "",
            text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…",
        )

    @property
    def is_of_file(self) -> bool:
        """Whether the whole file was refused."""
        return not self.cell

    @property
    def same(self) -> tuple[object, ...]:
        """What tells it from other refusals. The same file under another name is refused once, unless its name is all that
        says whose it is: empty files are all alike."""
        whose = self.unit or self.file.strip()  # as a cell gives it back
        return self.sha256, whose, self.code, self.sheet, self.cell, self.project, self.measure

    @property
    def key(self) -> ReportKey | None:
        """The number of the master that it would have been; None where it is none."""
        if self.project is None or self.month is None or self.is_of_file:
            return None
        return ReportKey(self.project, self.unit, self.month, self.measure or 1)
