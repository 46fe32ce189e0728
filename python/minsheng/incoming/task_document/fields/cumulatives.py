"""What must be reached by each node, in the project's own measure: an exact number or none."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING

from ....domain.catalogue import document_nodes as rules
from ....domain.quantity import PERCENT, Quantity, is_measured, plain
from ....sheets import layout
from ...numbers import one_unit
from ..words.clauses import Said, Sense, bare_words, says_all_is_done, says_half

if TYPE_CHECKING:
    from ....domain.finding import Finding, Rule
    from ..words.schedule import NodeLine
    from .targets import Target

__all__ = ["Plan", "read_cumulatives"]

_HUNDRED = Decimal(100)


@dataclass
class _Reading:
    """A node while it is read: its number so far and how sure it is (累计 and shares of the whole are surer)."""

    line: NodeLine
    said: tuple[Said, ...]
    value: Decimal | None = None
    weight: int = 1
    adds: bool = False
    chosen: Said | None = None


@dataclass
class Plan:
    """The nodes' numbers, in the order of the nodes, with what the clerk should look at."""

    values: list[Decimal | None]
    findings: list[Finding]


def read_cumulatives(
    number: int,
    title: str,
    target: Target,
    lines: list[NodeLine],
    said: list[tuple[Said, ...]],
    *,
    is_level: bool,
) -> Plan:
    """The cumulative numbers of the nodes ``lines``, whose numbers are ``said``."""
    reader = _Reader(number, title, target, is_level)
    return reader.read([_Reading(line, words) for line, words in zip(lines, said, strict=True)])


def _is_all(node: _Reading, said: Said) -> bool:
    """Whether a node says a bare number and nothing else (a cell under 上半年): then it is of the project's measure."""
    return not said.mention.unit and node.line.text.strip() == said.printed


class _Reader:
    def __init__(self, number: int, title: str, target: Target, is_level: bool) -> None:
        self.number = number
        self.printed_title = title
        self.title = bare_words(title)
        self.target = target
        self.is_level = is_level
        self.findings: list[Finding] = []
        self.share_of_whole: bool | None = None

    def read(self, nodes: list[_Reading]) -> Plan:
        if self.target.quantity is not None:
            for index, node in enumerate(nodes):
                self._node(node, index + 1)
            self._last_says_all(nodes)
            self._add_up(nodes)
            if not self.is_level:
                self._drop_contradicted(nodes)
        return Plan([node.value for node in nodes], self.findings)

    @property
    def quantity(self) -> Quantity:
        assert self.target.quantity is not None
        return self.target.quantity

    def _note(
        self,
        rule: Rule,
        index: int,
        node: _Reading,
        *,
        original: str,
        value: Decimal | None = None,
    ) -> None:
        """A finding on node ``index`` (from 1); ``value`` is what it was read as."""
        reading = "" if value is None else f"{plain(value)}{self.quantity.unit}"
        self.findings.append(
            rule.finding(
                project=self.number,
                node=index,
                part=layout.NODE_PLAN,
                original=original,
                reading=reading,
                phrase=node.line.phrase,
            )
        )

    def _node(self, node: _Reading, index: int) -> None:
        own = [said for said in node.said if self._is_own(said) or _is_all(node, said)]
        usable = [said for said in own if said.sense in (Sense.DONE, Sense.TOTAL, Sense.ADDED)]
        chosen = self._choose(usable)
        if chosen is not None:
            node.value, node.chosen = chosen.mention.value, chosen
            node.weight = 3 if chosen.sense is Sense.TOTAL else 2
            node.adds = chosen.sense is Sense.ADDED
            self.share_of_whole = None
            if chosen.mention.rough or (chosen.mention.upper is not None and not self.is_level):
                self._note(rules.NODE_ROUGH, index, node, original=chosen.printed, value=node.value)
        elif len(usable) > 1:
            self._note(rules.NODE_AMBIGUOUS, index, node, original="、".join(said.printed for said in usable))
        elif not own and not self.is_level and says_half(node.line.text):
            node.value, node.weight = self.quantity.value / 2, 2
            self._note(rules.NODE_PERCENT, index, node, original=node.line.text, value=node.value)
        else:
            self._percentage(node, index)
        self._list_unread(node, index, usable)

    def _is_own(self, said: Said) -> bool:
        """Whether a number is of the project's main measure; a bare one only after 累计."""
        unit = one_unit(said.mention.unit)
        if said.mention.at_most or (said.mention.spelled and said.mention.value == 1):
            return False
        if unit in self.target.units:
            return self._measure(said) == 0
        return not unit and said.sense is Sense.TOTAL

    def _measure(self, said: Said) -> int | None:
        """Which of the title's measures a number is of: 0 the main one, else its place among the others from 1; None where
        two of one unit fit alike."""
        unit = one_unit(said.mention.unit)
        own = {0: self.target.words} if unit in self.target.units else {}
        own |= {
            index: words
            for index, (quantity, words) in enumerate(self.target.rivals, start=1)
            if one_unit(quantity.unit) == unit
        }
        if len(own) < 2:
            return next(iter(own), None)
        pairs = {index: _pairs(words) for index, words in own.items()}
        shared = set.intersection(*pairs.values())
        scores = {index: len((found - shared) & _pairs(said.words)) for index, found in pairs.items()}
        best = max(scores.values())
        likely = [index for index, score in scores.items() if score == best]
        if best and len(likely) == 1:
            return likely[0]
        values = {0: self.quantity.value} | {
            index: quantity.value for index, (quantity, _) in enumerate(self.target.rivals, start=1)
        }
        exact = [index for index in own if values[index] == said.mention.value]
        return exact[0] if len(exact) == 1 else None

    def _choose(self, usable: list[Said]) -> Said | None:
        """The one number that counts: the only one, the only 累计, the only one that speaks of the title's thing, or for a
        level the target itself."""
        if self.is_level:
            usable = [said for said in usable if said.mention.value == self.quantity.value] or usable
        for narrower in (
            usable,
            [said for said in usable if said.sense is Sense.TOTAL],
            [
                said
                for said in usable
                if one_unit(said.mention.unit) == one_unit(self.quantity.unit) and self._speaks_of_title(said)
            ],
        ):
            if len({said.mention.value for said in narrower}) == 1:
                return narrower[-1]
        return None

    def _speaks_of_title(self, said: Said) -> bool:
        return bool(said.subject) and (said.subject in self.title or self.title in said.subject)

    def _percentage(self, node: _Reading, index: int) -> None:
        """进度30% of the whole is 30% of the target; without a subject it means that of the node before."""
        if PERCENT in self.target.units:
            return
        for said in node.said:
            if said.mention.unit != PERCENT or said.mention.value > _HUNDRED or self._is_second_measure(said):
                continue
            whole = self._speaks_of_title(said) if said.subject else self.share_of_whole is not False
            self.share_of_whole = whole
            if whole:
                node.value = self._part_of_whole(said.mention.value)
                node.weight, node.chosen = 2, said
                self._note(rules.NODE_PERCENT, index, node, original=said.printed, value=node.value)
            else:
                self._note(rules.NODE_PART, index, node, original=said.printed)
            return

    def _part_of_whole(self, percent: Decimal) -> Decimal:
        """So much of the target; of things that are counted there is no part of one, so the next whole number."""
        part = self.quantity.value * percent / _HUNDRED
        is_counted = self.quantity.value % 1 == 0 and not is_measured(self.quantity.unit)
        return part.quantize(Decimal(1), ROUND_UP) if is_counted else part

    def _is_second_measure(self, said: Said) -> bool:
        return bool(self._measure(said)) or any(
            said.mention.unit == other.unit and said.mention.value == other.value
            for other in self.target.more
        )

    def _list_unread(self, node: _Reading, index: int, usable: list[Said]) -> None:
        """Numbers of the node that were left alone, so that nothing is dropped silently."""
        reasons = {
            Sense.STARTED: rules.NODE_START,
            Sense.PREPARED: rules.NODE_PREPARATION,
            Sense.UNKNOWN: rules.NODE_UNSURE,
        }
        used = {id(said) for said in usable}
        for said in node.said:
            if said is node.chosen or id(said) in used or self._is_second_measure(said):
                continue
            if said.mention.spelled and one_unit(said.mention.unit) not in self.target.units:
                continue
            if said.mention.unit == PERCENT and PERCENT not in self.target.units and node.chosen is None:
                continue  # named by _percentage
            rule = reasons.get(said.sense, rules.NODE_OTHER_NUMBER)
            if rule is rules.NODE_UNSURE and one_unit(said.mention.unit) not in self.target.units:
                rule = rules.NODE_OTHER_NUMBER
            elif rule is rules.NODE_OTHER_NUMBER and self._is_unclear(said):
                rule = rules.NODE_UNSURE
            self._note(rule, index, node, original=said.printed)
        for said in usable:
            if node.chosen is not None and said.mention.value != node.chosen.mention.value:
                self._note(rules.NODE_OTHER_NUMBER, index, node, original=said.printed)

    def _is_unclear(self, said: Said) -> bool:
        """Whether a number could be of the main measure as well as of another."""
        return one_unit(said.mention.unit) in self.target.units and self._measure(said) is None

    def _last_says_all(self, nodes: list[_Reading]) -> None:
        """A last node that says 建成 without a number reaches the target, and so do those before it that say 全部 as well,
        and a schedule that is one date."""
        worded = [index for index, node in enumerate(nodes) if node.line.text] or list(range(len(nodes)))
        if self.is_level:
            return
        for index in reversed(worded):
            place, last = index + 1, nodes[index]
            if last.value is not None or any(self._is_own(said) for said in last.said):
                return
            is_one_date = len(nodes) == 1 and not last.line.text
            says_so = says_all_is_done(last.line.text, self.printed_title)
            if not is_one_date and not (says_so and (index == worded[-1] or "全" in last.line.text)):
                return
            last.value, last.weight = self.quantity.value, 2
            rule = rules.NODE_ONE_DATE if is_one_date else rules.NODE_ALL
            self._note(rule, place, last, original=last.line.text or last.line.phrase, value=last.value)

    def _add_up(self, nodes: list[_Reading]) -> None:
        """Numbers of each period alone, where they sum to the target; else those that say 再完成."""
        numeric = [node for node in nodes if node.value is not None]
        values = [node.value for node in numeric if node.value is not None]
        whole = self.quantity.value
        by_period = (
            len(values) > 1
            and not self.is_level
            and values[-1] != whole
            and sum(values, Decimal(0)) == whole
            and not any(node.chosen and node.chosen.sense is Sense.TOTAL for node in numeric)
        )
        reached = Decimal(0)
        for index, node in enumerate(nodes, start=1):
            if node.value is None:
                continue
            if by_period or (node.adds and reached):
                node.value += reached
                if not by_period and node.chosen is not None:
                    self._note(
                        rules.NODE_ADDS,
                        index,
                        node,
                        original=node.chosen.printed,
                        value=node.value,
                    )
            reached = node.value
        if by_period:
            summed = "、".join(
                f"{node.line.phrase}{plain(node.value)}" for node in numeric if node.value is not None
            )
            self.findings.append(
                rules.NODES_BY_MONTH.finding(project=self.number, part=layout.NODE_PLAN, reading=summed)
            )

    def _drop_contradicted(self, nodes: list[_Reading]) -> None:
        """A reading that would make the cumulative fall is wrong by that very fact."""
        numeric = [(index, node) for index, node in enumerate(nodes, start=1) if node.value is not None]
        wrong = _contradicted([(node.value or Decimal(0), node.weight) for _, node in numeric])
        for position in sorted(wrong):
            index, node = numeric[position]
            self._note(rules.NODES_FALL, index, node, original=node.line.text, value=node.value)
            node.value = None


def _pairs(words: str) -> set[str]:
    """Every two letters that stand side by side."""
    bare = bare_words(words)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def _contradicted(numbers: list[tuple[Decimal, int]]) -> set[int]:
    """Indexes of the numbers that cannot stand: ``numbers`` are (value, weight) in order of time.

    The heaviest sequence that never falls is right; where several are equally heavy, only what they share is.
    """
    before = _heaviest(numbers)
    after = _heaviest([(-value, weight) for value, weight in reversed(numbers)])[::-1]
    through = [
        ahead + behind - weight for ahead, behind, (_, weight) in zip(before, after, numbers, strict=True)
    ]
    best = max(through, default=0)
    candidates = {index for index, weight in enumerate(through) if weight == best}
    clashing = _clashing([(index, numbers[index][0]) for index in sorted(candidates)])
    return {index for index in range(len(numbers)) if index not in candidates or index in clashing}


def _heaviest(numbers: list[tuple[Decimal, int]]) -> list[int]:
    """For each number the weight of the heaviest never-falling sequence that ends with it (a tree of maxima)."""
    ranks = sorted({value for value, _ in numbers})
    best = [0] * (len(ranks) + 1)
    found: list[int] = []
    for value, weight in numbers:
        rank = bisect_left(ranks, value) + 1
        heaviest, at = 0, rank
        while at:
            heaviest, at = max(heaviest, best[at]), at & (at - 1)
        found.append(heaviest + weight)
        at = rank
        while at <= len(ranks):
            best[at] = max(best[at], found[-1])
            at += at & -at
    return found


def _clashing(candidates: list[tuple[int, Decimal]]) -> set[int]:
    """Those that are above a later one, or below an earlier one."""
    found: set[int] = set()
    highest: Decimal | None = None
    for index, value in candidates:
        if highest is not None and value < highest:
            found.add(index)
        highest = value if highest is None else max(highest, value)
    lowest: Decimal | None = None
    for index, value in reversed(candidates):
        if lowest is not None and value > lowest:
            found.add(index)
        lowest = value if lowest is None else min(lowest, value)
    return found
