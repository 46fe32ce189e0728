"""A project's target: the number of its title that 合计 or the last node confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ....cells.labels import fold
from ....domain.catalogue import document as rules
from ....domain.catalogue import document_nodes as node_rules
from ....domain.finding import Severity
from ....domain.quantity import PERCENT, Quantity, plain
from ....sheets import layout
from ...numbers import Mention, find_mentions, one_unit
from ..words.clauses import Said, Sense, is_in_brackets_of_a_number

if TYPE_CHECKING:
    from ....domain.finding import Finding, Rule

__all__ = ["Target", "Witnesses", "choose_target", "numbers_kept_out"]

_PART: Final = re.compile(r"其中|[（(]含|包括|不含")
#: Sizes and capacities of one thing (日处理5000吨, 每座200平方米, 占地3亩), and where a change sets out from (由10%提高到).
_SIZE: Final = re.compile(
    r"(?:[日年月]处理(?:能力)?|[日年月](?:供水|产|均)|占地(?:面积)?|建筑面积|总?面积|规模|库容|总长|长|宽|高|容量|[每各](?:[座个处所家户人台])?|最高|人均|户均|均)(?:约|达|为|不少于|不低于)?$"
)
#: Where something is done: 对42个行政村的设施进行改造, 在20个乡镇新建公厕.
_WHERE: Final = re.compile(r"^[\u4e00-\u9fff]{0,4}(?:对|在|为|覆盖|涉及|惠及)[\u4e00-\u9fff]{0,8}$")
_A_PLACE: Final = re.compile(r"\s{0,3}(?:行政村|自然村|村(?!级)|乡镇|镇街|镇乡|乡|镇|街道|社区)")
_FROM: Final = re.compile(r"(?:从|由)[\u4e00-\u9fff]{0,6}$")
_MONEY: Final = frozenset({"元", "万元", "亿元"})
_OF_MONEY: Final = re.compile(r"资金|贷款|消费券|补贴|补助|投资|融资|救助金|担保|发放")
_PRICE: Final = re.compile(r"总?投资|估算|造价|预算|单价|每|标准|价格|收费|补助标准")
_BREAKS: Final = re.compile(r"[，。；;、,：:]")
_SURROUNDINGS: Final = 12
#: A title has one or two; a text with more than these is no title, and the first of them say so.
_MOST_NUMBERS: Final = 40
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
#: Letters shown before and after a number.
_BESIDE: Final = 4
_SHOWN: Final = 400
_NOT_DONE: Final = frozenset({Sense.STARTED, Sense.PREPARED, Sense.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What may confirm a target: 合计 (or the sum where none is printed), and what the nodes say, node by node."""

    total: Decimal | None
    measured_in: str
    nodes: tuple[tuple[Said, ...], ...]
    topics: tuple[str, ...]

    @property
    def reached(self) -> list[Said]:
        """The numbers of the nodes that are said of something done, in order."""
        return [said for node in self.nodes for said in _done(node)]

    @property
    def last(self) -> list[Said]:
        """Those of the last node that has any, or of the last of each topic where the nodes have topics."""
        found: dict[str, list[Said]] = {}
        for topic, node in zip(self.topics, self.nodes, strict=True):
            if done := _done(node):
                found[topic] = done
        return [said for node in reversed(found.values()) for said in node]

    def add_up_to(self, value: Decimal, unit: str) -> bool:
        """Whether the nodes, each speaking of its own period alone, sum to ``value``."""
        told = [
            [said for said in node if said.mention.unit == unit and said.sense not in _NOT_DONE]
            for node in self.nodes
        ]
        numbers = [node[0] for node in told if node]
        return (
            len(numbers) > 1
            and all(len(node) <= 1 for node in told)
            and all(said.sense in (Sense.DONE, Sense.ADDED) for said in numbers)
            and sum((said.mention.value for said in numbers), Decimal(0)) == value
        )


def _done(node: tuple[Said, ...]) -> list[Said]:
    return [said for said in node if said.sense in (Sense.DONE, Sense.TOTAL)]


@dataclass
class Target:
    """The main target, others beside it, and the words that its nodes may use for its unit.

    ``words`` are the title's own for the main one, ``rivals`` the other measures with theirs. ``unsupported`` is to be told
    where no other finding says already what contradicts the target.
    """

    quantity: Quantity | None = None
    more: tuple[Quantity, ...] = ()
    units: frozenset[str] = frozenset()
    words: str = ""
    rivals: tuple[tuple[Quantity, str], ...] = ()
    unsupported: Finding | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number of the title; ``printed`` with the words beside it, ``phrase`` in its own phrase, whose words alone are
    ``words``. ``is_size`` is a
    size or a price of the thing, ``is_scope`` says in how many places it is done."""

    mention: Mention
    printed: str
    is_part: bool
    words: str = ""
    phrase: str = ""
    is_size: bool = False
    is_scope: bool = False


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
    """The target among the numbers of a title (and of a 年度目标 line, where there is one): the one that 合计 or a node
    proves, else the first."""
    target = Target()
    candidates = _without_scopes(_candidates(number, texts, target, witnesses))
    whole = [candidate for candidate in candidates if not (candidate.is_part or candidate.is_size)]
    support = [_support(candidate.mention, witnesses) for candidate in whole]
    best = max(support, default=None)
    if best is not None and any(best[:3]):
        likely = [candidate for candidate, given in zip(whole, support, strict=True) if given == best]
    else:
        likely = [candidate for candidate in whole if _is_written_amount(candidate)]
        if not likely:
            return _without_title(number, target, candidates, witnesses)
    confirmed = best is not None and best.is_confirmed
    rivals = {(rival.mention.value, rival.mention.unit) for rival in likely}
    if not confirmed and len(rivals) > 1:
        listed = "、".join(str(rival.mention.quantity) for rival in likely)
        target.findings.append(_finding(rules.TARGET_AMBIGUOUS, number, texts[0], reading=listed))
    elif not confirmed:
        target.unsupported = _unsupported(number, likely[0], witnesses)
    _take(number, target, likely[0], witnesses)
    _others(number, target, candidates, likely[0], witnesses)
    if any(finding.code == rules.TARGET_AMBIGUOUS.code for finding in target.findings):
        target.findings = [f for f in target.findings if f.code != rules.SECOND_MEASURE.code]
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


def _candidates(number: int, texts: list[str], target: Target, witnesses: Witnesses) -> list[_Candidate]:
    found: list[_Candidate] = []
    for text in texts:
        folded = fold(text)
        mentions = find_mentions(folded)[:_MOST_NUMBERS]
        for index, mention in enumerate(mentions):
            printed = _around(text, mention)
            ahead = folded[max(0, mention.start - 40) : mention.start]
            if mention.at_most:
                target.findings.append(_finding(rules.TARGET_IS_CEILING, number, printed))
            elif not mention.spelled or mention.value > 1:
                is_part = _PART.search(_BREAKS.split(ahead.replace("、", ""))[-1]) or (
                    "其中" in folded[max(0, mention.start - 200) : mention.start]
                )
                is_part = is_part and not ahead.rstrip("（(").endswith("）") and not _closed(ahead)
                in_brackets = is_in_brackets_of_a_number(folded, mention)
                until = mentions[index + 1].start if index + 1 < len(mentions) else len(folded)
                behind = _BREAKS.split(folded[mention.end : until])[0]
                begin = mentions[index - 1].end if index else 0
                before = _BREAKS.split(folded[max(begin, mention.start - 40) : mention.start])[-1]
                phrase = text[mention.start - len(before) : mention.end + len(behind)]
                found.append(
                    _Candidate(
                        mention,
                        printed,
                        bool(is_part or in_brackets),
                        before + behind,
                        phrase.strip(),
                        _is_size(ahead, mention, folded) and not _is_reached(mention, witnesses),
                        bool(_A_PLACE.match(behind) and _WHERE.match(_BREAKS.split(ahead)[-1])),
                    )
                )
    return found


def _without_scopes(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates with the numbers of places as sizes, where another one tells a result: 对42个行政村…，新配车辆36辆."""
    if not any(
        each.mention.unit and not (each.is_scope or each.is_size or each.is_part) for each in candidates
    ):
        return candidates
    return [replace(each, is_size=True) if each.is_scope else each for each in candidates]


def _closed(ahead: str) -> bool:
    """Whether the bracket that opens a part ("（含托位）") is closed before the number."""
    return max(ahead.rfind("）"), ahead.rfind(")")) > max(ahead.rfind("（"), ahead.rfind("("), -1)


def _is_reached(mention: Mention, witnesses: Witnesses) -> bool:
    """Whether the last node reaches this very number in this unit: 新增绿地面积35万平方米 is then a result, no size."""
    return any(_is_same(mention, said) for said in witnesses.last)


def _is_size(ahead: str, mention: Mention, folded: str) -> bool:
    """Whether a number says how large one thing is, what it costs, or where a change sets out from."""
    if _SIZE.search(ahead) or _FROM.search(ahead):
        return True
    if mention.unit in _MONEY:
        return bool(_PRICE.search(_BREAKS.split(ahead)[-1])) or not _OF_MONEY.search(folded)
    return folded.startswith(("/", "每"), mention.end)


def _is_written_amount(candidate: _Candidate) -> bool:
    """Whether a number is an amount by its own form: with a unit, or so large; "110" alone may be a name."""
    return bool(candidate.mention.unit or candidate.mention.value >= 10_000)


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
        counted_so=has_unit and any(_counts_alike(mention, said) for said in witnesses.last),
        among_nodes=any(_is_same(mention, said) for said in witnesses.reached),
        has_unit=has_unit,
    )


def _agrees(mention: Mention, said: Said) -> bool:
    """Same value, and units that do not contradict: a % is never a count."""
    percent = PERCENT in (mention.unit, said.mention.unit)
    return mention.value == said.mention.value and (not percent or mention.unit == said.mention.unit)


def _counts_alike(mention: Mention, said: Said) -> bool:
    return one_unit(mention.unit) == one_unit(said.mention.unit)


def _is_same(mention: Mention, said: Said) -> bool:
    """Same value in the same unit, however that is written."""
    return _agrees(mention, said) and _counts_alike(mention, said)


def _take(number: int, target: Target, chosen: _Candidate, witnesses: Witnesses) -> None:
    mention = chosen.mention
    agreeing = [said.mention.unit for said in witnesses.last if _agrees(mention, said) and said.mention.unit]
    nearby = [said.mention.unit for said in reversed(witnesses.reached) if said.mention.unit != PERCENT]
    unit = mention.unit or next(filter(None, [*agreeing, witnesses.measured_in, *nearby]), "")
    target.quantity = Quantity(mention.value, unit, mention.relation)
    target.units = frozenset({one_unit(name) for name in (unit, *agreeing)} - {""})
    target.words = chosen.words
    amount = str(target.quantity)
    if not unit:
        target.findings.append(_finding(rules.TARGET_UNIT_UNKNOWN, number, chosen.printed, amount))
    elif not mention.unit:
        target.findings.append(_finding(rules.TARGET_UNIT_BORROWED, number, chosen.printed, amount))
    elif others := target.units - {one_unit(unit)}:
        target.findings.append(
            node_rules.NODE_UNIT_DIFFERS.finding(
                project=number, part=layout.TARGET, target=unit, reading="、".join(sorted(others))
            )
        )
    if mention.rough:
        target.findings.append(_finding(rules.TARGET_ROUGH, number, chosen.printed, amount))


def _others(
    number: int, target: Target, candidates: list[_Candidate], chosen: _Candidate, witnesses: Witnesses
) -> None:
    """Other numbers of the title: a result of its own is a second measure, with a finding; parts and sizes are listed."""
    main = chosen.mention
    seen = {(main.value, main.unit)}
    others = [other for other in candidates if (other.mention.value, other.mention.unit) not in seen]
    same = [other.mention.value for other in others if other.mention.unit == main.unit and not other.is_size]
    are_parts = len(same) > 1 and sum(same, Decimal(0)) == main.value
    for candidate in others:
        mention = candidate.mention
        if (mention.value, mention.unit) in seen:
            continue
        seen.add((mention.value, mention.unit))
        part = candidate.is_part or candidate.is_size or (are_parts and mention.unit == main.unit)
        confirmed = any(
            said.mention.unit == mention.unit and said.mention.value == mention.value
            for said in witnesses.reached
        )
        if mention.unit and not part and (not mention.spelled or confirmed):
            target.more += (mention.quantity,)
            target.rivals += ((mention.quantity, candidate.words),)
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
            target.findings.append(_finding(rules.TITLE_NUMBER_UNREAD, number, candidate.phrase))


def _without_title(number: int, target: Target, candidates: list[_Candidate], witnesses: Witnesses) -> Target:
    """A title without a number of its own: 合计 or the last node may still say what is to be reached."""
    for candidate in candidates:
        target.findings.append(_finding(rules.TITLE_NUMBER_UNREAD, number, candidate.phrase))
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
        elif any(candidate.mention.unit for candidate in candidates):
            target.findings.append(
                rules.TARGET_MISSING.finding(project=number, part=layout.TARGET, severity=Severity.WARNING)
            )
        return target
    target.findings.append(_finding(rules.TARGET_FROM_NODES, number, original, str(target.quantity)))
    return target


def numbers_kept_out(number: int, texts: list[str]) -> list[Finding]:
    """Ages, years and the like in a target's own text, which nothing else of the model holds as the title holds its."""
    found = []
    for text in texts:
        folded = fold(text)
        within = {at for mention in find_mentions(folded) for at in range(mention.start, mention.end)}
        loose = [match for match in _NUMBER.finditer(folded) if match.start() not in within]
        if loose:
            apart = [
                each
                for before, each in zip([None, *loose], loose, strict=False)
                if before is None or each.start() - before.end() > _BESIDE
            ]
            words = "；".join(text[max(0, each.start() - _BESIDE) : each.end() + _BESIDE] for each in apart)
            found.append(
                rules.TITLE_NUMBER_UNREAD.finding(project=number, part=layout.TARGET, original=words[:_SHOWN])
            )
    return found
