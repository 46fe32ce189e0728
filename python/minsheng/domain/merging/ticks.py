"""What the node rows of a file change in the master; a blank tick changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...cells.labels import letters_alone
from ..catalogue import submission as rules
from ..change import Change, NodeKey, line
from ..fields import TICKS

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
        self.changes: list[Change] = []
        self.findings: list[Finding] = []
        seen: dict[NodeKey, NodeRow] = {}
        for row in file.submission.nodes:
            duty = self._duty(row)
            if duty is None:
                if not row.is_blank:
                    self._say(rules.UNKNOWN_NODE, row, row.phrase or row.text[:20])
                continue
            key = NodeKey(duty.project.number, duty.index)
            first = seen.setdefault(key, row)
            if first is row:
                self._change(row, duty, key)
            elif (first.done, first.done_on, first.note) != (row.done, row.done_on, row.note):
                self._say(rules.NODE_TWICE, row, row.phrase)
                self.changes = [change for change in self.changes if change.key != key]

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

    def _change(self, row: NodeRow, duty: NodeDuty, key: NodeKey) -> None:
        if row.done is None and duty.node.done is not None:
            self._say(rules.TICK_KEPT, row, row.phrase)
        for field in TICKS:
            old, new = getattr(duty.node, field.name), getattr(row, field.name)
            if new is None or new in ("", old):
                continue
            by_hand = self.register.is_by_hand((key, field.name), old)
            if by_hand:
                label = f"节点“{row.phrase}”{field.label}"
                self._say(rules.WORDS_BY_HAND, row, line(new), label=label, before=line(old))
            self.changes.append(Change(key, field.name, old, new, self.file.submission.file, by_hand))

    def _say(self, rule: Rule, row: NodeRow, text: str, **words: Any) -> None:
        self.findings.append(
            rule.finding(
                project=row.project,
                unit=self.file.unit.name,
                file=self.file.submission.file,
                sheet=row.sheet,
                cell=row.cell,
                text=text,
                **words,
            )
        )
