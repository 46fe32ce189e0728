"""The 节点 block of a project's sheet: what must be reached when, and what the clerk has ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlengines.a1 import shifted

from ..domain.catalogue import master as rules
from ..domain.month_phrase import read_month_phrase
from ..domain.project import Milestone
from . import layout
from .gaps import PRINTED, PROJECTS
from .image import is_formula

if TYPE_CHECKING:
    from .cells import InputReader
    from .gaps import Gaps
    from .image import Block

__all__ = ["NodeTable"]

_FORMULAS = (layout.NODE_ACTUAL, layout.NODE_STATUS)
_INPUTS = (layout.NODE_TEXT, layout.NODE_PLAN, layout.NODE_DONE, layout.NODE_DONE_ON, layout.NODE_ADJUSTED)
#: The line below the nodes that explains the colours.
_LEGEND: Final = "图例"
#: The deadline that a hidden cell beside a node computes: ``DATE(年度,7,0)`` is the last day of June.
_DEADLINE: Final = re.compile(rf"\bDATE\({layout.NAME_YEAR},(\d+),0\)")
#: The rows of 计划累计 above a node, which it must exceed: from the fixed header to the row before.
_BEFORE: Final = re.compile(r"(\$?[A-Z]{1,3}\$\d+:\$?[A-Z]{1,3})\d+")
#: The deadlines of the nodes after it, in the hidden cell that holds what a node asks for.
_AFTER: Final = re.compile(r"(\bCOUNT\([A-Z]{1,3})\d+(?=:)")


@dataclass(frozen=True)
class NodeTable:
    """``columns`` maps label → column; ``nodes`` and ``rows`` go together."""

    block: Block
    columns: dict[str, int]
    nodes: tuple[Milestone, ...]
    rows: tuple[int, ...]

    @classmethod
    def read(cls, block: Block, reader: InputReader, gaps: Gaps, unit_of_measure: str) -> NodeTable | None:
        """The table, None where columns are missing; what else is missing is a gap, and the table is not to be used."""
        before = len(gaps.found)
        columns = gaps.header(PROJECTS, block, layout.NODE_COLUMNS, printed=_FORMULAS)
        if any(gap.part == PROJECTS for gap in gaps.found[before:]):
            return None
        nodes: dict[int, Milestone] = {}
        for row in block.rows:
            months = _months(block, columns, row, gaps)
            if months is not None:
                nodes[row] = _node(block, columns, row, months, reader, unit_of_measure)
        _refuse_below(block, columns, gaps)
        table = cls(block, columns, tuple(nodes.values()), tuple(nodes))
        table._check_formulas(reader, gaps)
        return table

    def expected_formulas(self) -> dict[tuple[int, int], str]:
        """(row, column) → the formula that is missing there, or that speaks of another month or other rows than it
        should, as the other nodes have it."""
        image = self.block.image
        hidden = self._deadline_column()
        if hidden is None:
            return {}
        visible = [self.columns[label] for label in _FORMULAS if label in self.columns]
        found: dict[tuple[int, int], str] = {}
        for column in (hidden, hidden + 1, *visible):
            models = [row for row in self.rows if is_formula(image.formula(row, column))]
            for row, node in zip(self.rows, self.nodes, strict=True):
                if not models:
                    break
                model = min(models, key=lambda other: abs(other - row))
                standing = image.formula(row, column)
                text = shifted(image.formula(model, column), row - model, 0)
                if column == hidden:
                    text = _DEADLINE.sub(f"DATE({layout.NAME_YEAR},{node.last_month + 1},0)", text)
                    text = _BEFORE.sub(rf"\g<1>{row - 1}", text)
                text = _AFTER.sub(rf"\g<1>{row + 1}", text)
                if text != standing and (column in (hidden, hidden + 1) or not standing):
                    found[row, column] = text
        return found

    def _deadline_column(self) -> int | None:
        """The hidden column right of the marks that holds the nodes' deadlines."""
        image = self.block.image
        columns = range(self.block.area.right + 1, image.right + 1)
        return next(
            (
                column
                for column in columns
                for row in self.rows
                if _DEADLINE.search(image.formula(row, column))
            ),
            None,
        )

    def _check_formulas(self, reader: InputReader, gaps: Gaps) -> None:
        image, time = self.block.image, self.columns[layout.NODE_TIME]
        hidden = self._deadline_column()
        if hidden is None and self.rows:
            place = self.rows[0], self.block.area.right + 1
            gaps.add(PRINTED, rules.FORMULA_OVERWRITTEN, place, label="到期日（隐藏列）", text="空白")
        for row, node in zip(self.rows, self.nodes, strict=True):
            deadline = "" if hidden is None else image.formula(row, hidden)
            month = _DEADLINE.search(deadline)
            if hidden is not None and (month is None or int(month[1]) != node.last_month + 1):
                what = "的节点时间改过了" if month else "是新加的节点"
                reader.report(rules.ROW_TAKEN, row, time, None, what=what)
            for label in _FORMULAS:
                if label in self.columns and (month or image.formula(row, self.columns[label])):
                    reader.formula_kept(row, self.columns[label], label)


def _months(block: Block, columns: dict[str, int], row: int, gaps: Gaps) -> tuple[int, int] | None:
    """First and last month of a node's row; None for a blank row, and with a gap for one that says no month."""
    column = columns[layout.NODE_TIME]
    phrase = block.image.text(row, column)
    months = read_month_phrase(phrase)
    if months is not None and 1 <= months[0] <= months[1] <= 12:
        return months
    if phrase or any(block.image.text(row, columns[label]) for label in _INPUTS):
        gaps.add(PROJECTS, rules.NODE_MONTH, (row, column), text=phrase or "空白")
    return None


def _node(
    block: Block, columns: dict[str, int], row: int, months: tuple[int, int], reader: InputReader, unit: str
) -> Milestone:
    image = block.image
    return Milestone(
        first_month=months[0],
        last_month=months[1],
        phrase=image.text(row, columns[layout.NODE_TIME]),
        text=image.text(row, columns[layout.NODE_TEXT]),
        cumulative=reader.number(row, columns[layout.NODE_PLAN], measured_in=unit),
        done=reader.choice(row, columns[layout.NODE_DONE], layout.DONE_WORDS),
        done_on=reader.date(row, columns[layout.NODE_DONE_ON]),
        adjusted_to=reader.stored_date(row, columns[layout.NODE_ADJUSTED]),
        note=image.text(row, columns[layout.NODE_REMARK]),
    )


def _refuse_below(block: Block, columns: dict[str, int], gaps: Gaps) -> None:
    """A node that somebody wrote between the block and the legend is in no formula and would be missed in silence."""
    image, column = block.image, columns[layout.NODE_TIME]
    below = range(block.area.bottom + 1, image.bottom + 1)
    legend = next((row for row in below if image.text(row, column).startswith(_LEGEND)), None)
    for row in below:
        phrase = image.text(row, column)
        inputs = [image.text(row, columns[label]) for label in _INPUTS]
        if row == legend:
            return
        if not (phrase or any(inputs)):
            if legend is None:
                return
            continue
        gaps.add(
            PROJECTS,
            rules.ROW_OUTSIDE,
            (row, column),
            text=(phrase or next(filter(None, inputs)))[:30],
            block="节点表块",
            reason="不在表块里面",
            way="是节点的，请移到最后一个节点的上面；是说明文字的，请移到备注里或表外。",
        )
