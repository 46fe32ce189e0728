"""A project's target: the number of its title that 合计 or the last node confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ...cells.labels import fold
from ...domain.catalogue import document as rules
from ...domain.finding import Severity
from ...domain.quantity import PERCENT, Quantity, plain
from ...sheets import layout
from ..numbers import Mention, find_mentions
from .clauses import Said, Sense, is_in_brackets_of_a_number

if TYPE_CHECKING:
    from ...domain.finding import Finding, Rule

__all__ = ["Target", "Witnesses", "choose_target"]

_PART: Final = re.compile(r"其中|[（(]含|包括")
_SURROUNDINGS: Final = 12


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What may confirm a target: 合计 (or the sum where none is printed), and what the nodes say, node by node."""

    total: Decimal | None
    measured_in: str
    nodes: tuple[tuple[Said, ...], ...]

    @property
    def reached(self) -> list[Said]:
        """The numbers of the nodes that are said of something done, in order."""
        return [said for node in self.nodes for said in node if said.sense in (Sense.DONE, Sense.TOTAL)]

    @property
    def last(self) -> list[Said]:
        """Those of the last node that has any."""
        for node in reversed(self.nodes):
            done = [said for said in node if said.sense in (Sense.DONE, Sense.TOTAL)]
            if done:
                return done
        return []

    def add_up_to(self, value: Decimal, unit: str) -> bool:
        """Whether the nodes, each speaking of its own period alone, sum to ``value``."""
        told = [
            [said for said in node if said.mention.unit == unit and said.sense is not Sense.STARTED]
            for node in self.nodes
        ]
        numbers = [node[0] for node in told if node]
        return (
            len(numbers) > 1
            and all(len(node) <= 1 for node in told)
            and all(said.sense in (Sense.DONE, Sense.ADDED) for said in numbers)
            and sum((said.mention.value for said in numbers), Decimal(0)) == value
        )


@dataclass
class Target:
    """The main target, others beside it, and the words that its nodes may use for its unit.

    ``unsupported`` is to be told where no other finding says already what contradicts the target.
    """

    quantity: Quantity | None = None
    more: tuple[Quantity, ...] = ()
    units: frozenset[str] = frozenset()
    unsupported: Finding | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number of the title; ``printed`` with the words beside it."""

    mention: Mention
    printed: str
    is_part: bool


class _Support(NamedTuple):
    """What speaks for a number, the stronger first: 合计 and the last node (or the nodes' sum) have its value; the last
    node counts in its unit; some node has it; it is an amount by its own form."""

    by_sums: int
    counted_so: bool
    among_nodes: bool
    has_unit: bool

    @property
    def is_confirmed(self) -> bool:
        return self.by_sums > 0 or self.among_nodes


def choose_target(number: int, texts: list[str], witnesses: Witnesses) -> Target:
    """The target among the numbers of a title (and of a 年度目标 line, where there is one)."""
    target = Target()
    candidates = _candidates(number, texts, target)
    whole = [candidate for candidate in candidates if not candidate.is_part]
    support = [_support(candidate.mention, witnesses) for candidate in whole]
    best = max(support, default=None)
    if best is not None and any(best[:3]):
        likely = [candidate for candidate, given in zip(whole, support, strict=True) if given == best]
    else:
        likely = [candidate for candidate in whole if _is_written_amount(candidate)]
        if not likely:
            return _without_title(number, target, candidates, witnesses)
    confirmed = best is not None and best.is_confirmed
    rivals = [other for other in likely if not confirmed or other.mention.unit == likely[0].mention.unit]
    if len({(rival.mention.value, rival.mention.unit) for rival in rivals}) > 1:
        listed = "、".join(str(rival.mention.quantity) for rival in rivals)
        target.findings.append(_finding(rules.TARGET_AMBIGUOUS, number, texts[0], reading=listed))
        return target
    if not confirmed:
        target.unsupported = _unsupported(number, likely[0], witnesses)
    _take(number, target, likely[0], witnesses)
    _others(number, target, candidates, likely[0], witnesses)
    return target


def _unsupported(number: int, candidate: _Candidate, witnesses: Witnesses) -> Finding:
    """An error where the document has numbers that should have confirmed this one, else a warning."""
    contradicted = witnesses.total is not None or any(
        said.mention.unit == candidate.mention.unit for said in witnesses.reached
    )
    return rules.TARGET_UNSUPPORTED.finding(
        project=number,
        part=layout.TARGET,
        original=candidate.printed,
        reading=str(candidate.mention.quantity),
        severity=Severity.ERROR if contradicted else None,
    )


def _finding(rule: Rule, number: int, original: str, reading: str = "", part: str = layout.TARGET) -> Finding:
    return rule.finding(project=number, part=part, original=original, reading=reading)


def _candidates(number: int, texts: list[str], target: Target) -> list[_Candidate]:
    found: list[_Candidate] = []
    for text in texts:
        folded = fold(text)
        for mention in find_mentions(folded):
            printed = _around(text, mention)
            if mention.at_most:
                target.findings.append(_finding(rules.TARGET_IS_CEILING, number, printed))
            elif not mention.spelled or mention.value > 1:
                is_part = _PART.search(folded[: mention.start]) or is_in_brackets_of_a_number(folded, mention)
                found.append(_Candidate(mention, printed, bool(is_part)))
    return found


def _is_written_amount(candidate: _Candidate) -> bool:
    """Whether a number is an amount by its own form: with a unit, or so large; "110" alone may be a name."""
    return not candidate.mention.spelled and bool(candidate.mention.unit or candidate.mention.value >= 10_000)


def _around(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - _SURROUNDINGS) : mention.end + _SURROUNDINGS]


def _support(mention: Mention, witnesses: Witnesses) -> _Support:
    has_unit = bool(mention.unit)
    return _Support(
        by_sums=(mention.value == witnesses.total)
        + (
            any(_agrees(mention, said) for said in witnesses.last)
            or witnesses.add_up_to(mention.value, mention.unit)
        ),
        counted_so=has_unit and any(mention.unit == said.mention.unit for said in witnesses.last),
        among_nodes=any(
            _agrees(mention, said) and mention.unit == said.mention.unit for said in witnesses.reached
        ),
        has_unit=has_unit,
    )


def _agrees(mention: Mention, said: Said) -> bool:
    """Same value, and units that do not contradict: a % is never a count."""
    percent = PERCENT in (mention.unit, said.mention.unit)
    return mention.value == said.mention.value and (not percent or mention.unit == said.mention.unit)


def _take(number: int, target: Target, chosen: _Candidate, witnesses: Witnesses) -> None:
    mention = chosen.mention
    agreeing = [said.mention.unit for said in witnesses.last if _agrees(mention, said) and said.mention.unit]
    nearby = [said.mention.unit for said in reversed(witnesses.reached) if said.mention.unit != PERCENT]
    unit = mention.unit or next(filter(None, [*agreeing, witnesses.measured_in, *nearby]), "")
    target.quantity = Quantity(mention.value, unit, mention.relation)
    target.units = frozenset({unit, *agreeing} - {""})
    amount = str(target.quantity)
    if not unit:
        target.findings.append(_finding(rules.TARGET_UNIT_UNKNOWN, number, chosen.printed, amount))
    elif not mention.unit:
        target.findings.append(_finding(rules.TARGET_UNIT_BORROWED, number, chosen.printed, amount))
    elif others := target.units - {unit}:
        target.findings.append(
            rules.NODE_UNIT_DIFFERS.finding(
                project=number, part=layout.TARGET, target=unit, reading="、".join(sorted(others))
            )
        )
    if mention.rough:
        target.findings.append(_finding(rules.TARGET_ROUGH, number, chosen.printed, amount))


def _others(
    number: int, target: Target, candidates: list[_Candidate], chosen: _Candidate, witnesses: Witnesses
) -> None:
    """Other numbers of the title: a second measure where a node speaks of it too, else listed."""
    main = chosen.mention
    for candidate in candidates:
        mention = candidate.mention
        if candidate is chosen or (mention.value, mention.unit) == (main.value, main.unit):
            continue
        confirmed = any(
            said.mention.unit == mention.unit and said.mention.value == mention.value
            for said in witnesses.reached
        )
        if mention.unit and mention.unit != main.unit and confirmed and not candidate.is_part:
            target.more += (mention.quantity,)
            target.findings.append(
                _finding(
                    rules.SECOND_MEASURE,
                    number,
                    candidate.printed,
                    str(mention.quantity),
                    layout.MORE_TARGETS,
                )
            )
        elif not mention.spelled:
            target.findings.append(_finding(rules.TITLE_NUMBER_UNREAD, number, candidate.printed))


def _without_title(number: int, target: Target, candidates: list[_Candidate], witnesses: Witnesses) -> Target:
    """A title without a number of its own: 合计 or the last node may still say what is to be reached."""
    for candidate in candidates:
        target.findings.append(_finding(rules.TITLE_NUMBER_UNREAD, number, candidate.printed))
    last = [said for said in witnesses.last if said.mention.unit and not said.mention.spelled]
    confirmed = [said for said in last if witnesses.total in (None, said.mention.value)]
    values = {(said.mention.value, said.mention.unit) for said in confirmed}
    counted = [said for said in confirmed if said.sense is Sense.TOTAL or witnesses.total is not None]
    if len(values) == 1 and counted:
        target.quantity = counted[0].mention.quantity
        target.units = frozenset({target.quantity.unit})
        original = counted[0].printed
    elif witnesses.total is not None:
        target.quantity = Quantity(witnesses.total, witnesses.measured_in)
        target.units = frozenset({witnesses.measured_in} - {""})
        original = f"{layout.TOTAL_ROW}{plain(witnesses.total)}"
    else:
        if not target.findings:
            target.findings.append(_finding(rules.TARGET_MISSING, number, ""))
        return target
    target.findings.append(_finding(rules.TARGET_FROM_NODES, number, original, str(target.quantity)))
    return target
