"""What of a master could not be read: named with sheet and cell, so that a job whose result depends on it can refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ..domain.catalogue import master as rules
from ..errors import MasterDamaged
from .places import cell_a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.finding import Finding, Rule
    from .image import Block

__all__ = ["MARKS", "PRINTED", "PROJECTS", "SETTINGS", "Gap", "Gaps", "refusal"]

#: The parts of a master that are no table of layout.TABLES; a table's part is its name.
PROJECTS: Final = "项目"  # what the sheets of the projects say: overview, units, nodes
MARKS: Final = "标记"  # the mirror blocks beside it
SETTINGS: Final = "设置"  # parameters and reporting units
PRINTED: Final = "公式"  # formulas that would show another number than is judged


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that could not be read, of ``part``. ``gone``: nothing of the part is left that could go stale."""

    part: str
    finding: Finding
    gone: bool = False


@dataclass
class Gaps:
    """What could not be read of one sheet, collected while it is read."""

    sheet: str
    project: int | None = None
    found: list[Gap] = field(default_factory=list)

    def add(
        self, part: str, rule: Rule, place: tuple[int, int] | None = None, *, gone: bool = False, **words: Any
    ) -> None:
        """A gap at ``place``, (row, column) of the sheet, with the words of the rule's sentence."""
        cell = None if place is None else cell_a1(*place)
        finding = rule.finding(project=self.project, sheet=self.sheet, cell=cell, **words)
        self.found.append(Gap(part, finding, gone))

    def header(
        self, part: str, block: Block, labels: Sequence[str], *, printed: Sequence[str] = ()
    ) -> dict[str, int]:
        """Label → column of a table's header; a gap of ``part`` for each of ``labels`` that is missing or stands there
        twice. Those of ``printed`` are read by formulas alone."""
        header = block.header(labels)
        for label, column, text in header.missing:
            place = block.header_row, column
            stands = f"，{cell_a1(*place)}现在写的是“{text}”" if text else ""
            self.add(
                PRINTED if label in printed else part, rules.LABEL_MISSING, place, label=label, stands=stands
            )
        for label, column in header.twice:
            place = block.header_row, column
            self.add(PRINTED if label in printed else part, rules.LABEL_TWICE, place, label=label)
        return header.columns

    def stale(self, finding: Finding) -> None:
        """A formula that somebody typed over, as ``finding`` says: what is printed no longer follows."""
        self.found.append(Gap(PRINTED, finding))

    def of(self, part: str) -> bool:
        """Whether anything of ``part`` is missing."""
        return any(gap.part == part for gap in self.found)


def refusal(gaps: Sequence[Gap], job: str) -> MasterDamaged:
    """The error of a job that needs what is missing: every sheet and cell named, in one message."""
    sentences = list(dict.fromkeys(_sentence(gap.finding) for gap in gaps))
    if len(sentences) == 1:
        return MasterDamaged(f"没有{job}：{sentences[0]}", gaps[0].finding.advice)
    lines = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1))
    return MasterDamaged(
        f"总表有{len(sentences)}处读不出来，没有{job}：\n{lines}\n",
        "请逐处恢复（点“校验”可以看到每一处怎么办），再试一次。",
    )


def _sentence(finding: Finding) -> str:
    """What is wrong, with its sheet and cell where the sentence itself does not say them."""
    if finding.sheet is None or finding.cell is None or finding.cell in finding.message:
        return finding.message
    return f"{finding.sheet}!{finding.cell}：{finding.message}"
