"""What the node rows of a file change in the master; a blank tick changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...cells.labels import letters_alone
from ..catalogue import submission as rules
from .changes import TICKS, NodeChange, tick_shown

if TYPE_CHECKING:
    from ..duties import NodeDuty
    from ..finding import Finding, Rule
    from ..submission import NodeRow
    from .identity import Identified
    from .register import Register

__all__ = ["TickJudge"]


class TickJudge:
    """Judges the node rows of one file; ``changes`` and ``findings`` are what it comes to."""

    def __init__(self, register: Register, file: Identified) -> None:
        self.register, self.file = register, file
        self.duties = register.nodes(file.unit)
        self.changes: list[NodeChange] = []
        self.findings: list[Finding] = []
        seen: dict[tuple[int, int], NodeRow] = {}
        for row in file.submission.nodes:
            duty = self._duty(row)
            if duty is None:
                if row.done is not None or row.done_on or row.note:
                    self._say(rules.UNKNOWN_NODE, row, row.phrase or row.text[:20])
                continue
            first = seen.setdefault((duty.project.number, duty.index), row)
            if first is row:
                self._change(row, duty)
            elif (first.done, first.done_on, first.note) != (row.done, row.done_on, row.note):
                self._say(rules.NODE_TWICE, row, row.phrase)
                self.changes = [
                    change
                    for change in self.changes
                    if (change.project, change.node) != (row.project, duty.index)
                ]

    def _duty(self, row: NodeRow) -> NodeDuty | None:
        """The node that a row means: by month phrase and words, or by the phrase alone where only one node has it and
        the words are no other node's."""
        phrase, text = letters_alone(row.phrase), letters_alone(row.text)
        own = [duty for duty in self.duties if duty.project.number == row.project]
        same = [duty for duty in own if letters_alone(duty.node.phrase) == phrase]
        exact = next((duty for duty in same if letters_alone(duty.node.text) == text), None)
        if exact is not None or len(same) != 1:
            return exact
        return None if any(letters_alone(duty.node.text) == text for duty in own) else same[0]

    def _change(self, row: NodeRow, duty: NodeDuty) -> None:
        standing = {"done": duty.node.done, "done_on": duty.node.done_on, "note": duty.node.note}
        said = {"done": row.done, "done_on": row.done_on, "note": row.note or None}
        if row.done is None and duty.node.done is not None:
            self._say(rules.TICK_KEPT, row, row.phrase)
        for field, new in said.items():
            old = standing[field]
            if new is None or new == old:
                continue
            by_hand = self.register.tick_by_hand((row.project, duty.index, field), old)
            if by_hand:
                label = f"节点“{row.phrase}”{TICKS[field]}"
                self._say(rules.WORDS_BY_HAND, row, tick_shown(new), label=label, before=tick_shown(old))
            self.changes.append(
                NodeChange(row.project, duty.index, field, old, new, self.file.submission.file, by_hand)
            )

    def _say(self, rule: Rule, row: NodeRow, text: str, **words: Any) -> None:
        self.findings.append(
            rule.finding(
                project=row.project, unit=self.file.unit.name, file=self.file.submission.file,
                sheet=row.sheet, cell=row.cell, text=text, **words,
            )
        )  # fmt: skip
