"""A new year's document in the words of the year before: its units as last year's master calls them, with their aliases, in its
order; pairs of projects that come again. No number of last year goes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..cells.labels import letters_alone
from ..cells.names import unit_base
from .amending.matching import without_numbers
from .catalogue import next_year as rules
from .document import Containment, TaskDocument
from .finding import Finding
from .project import ReportingUnit, UnitKind
from .unit_names import called, named, owners

__all__ = ["Following", "IsSame", "following"]

#: Whether the name that a document prints and the unit of last year are one unit; None where nobody is there to say.
IsSame = Callable[[str, ReportingUnit], bool | None]

_ORDER: Final = (UnitKind.TOWNSHIP, UnitKind.JOINT, UnitKind.BUREAU)


@dataclass(frozen=True, slots=True)
class Following:
    """The document in last year's words, and what is to be looked at because of them."""

    document: TaskDocument
    findings: tuple[Finding, ...]


def following(document: TaskDocument, last: TaskDocument, file: str, is_same: IsSame) -> Following:
    """``document`` with the units and pairs of ``last``, the document of the master ``file`` as it stands. A name that equals
    one of a unit of last year, or an alias, is that unit; one that differs in its rank or punctuation is asked about."""
    names, open_ones = _names(document, last.units, is_same)
    document = called(document, names)
    known = {unit.name: unit for unit in last.units}
    units = tuple(sorted(_known(document.units, known), key=_in_order(last.units)))
    pairs = tuple(pair for pair in _pairs(document, last) if pair not in document.containments)
    findings = [*_told(names, file), *(_open(each, other, file) for each, other in open_ones)]
    asked = {name for printed, other in open_ones for name in (printed, other.name)}
    new = [unit.name for unit in units if unit.name not in known and unit.name not in asked]
    gone = [name for name in known if name not in {unit.name for unit in units} | asked]
    for rule, listed in ((rules.UNITS_NEW, new), (rules.UNITS_GONE, gone)):
        if listed:
            findings.append(rule.finding(last=file, count=len(listed), original="，".join(listed)))
    findings += [
        rules.PAIR_FOLLOWED.finding(project=pair.inner, outer=pair.outer, last=file) for pair in pairs
    ]
    document = replace(document, units=units, containments=(*document.containments, *pairs))
    return Following(document, tuple(findings))


def _names(
    document: TaskDocument, known: Sequence[ReportingUnit], is_same: IsSame
) -> tuple[dict[str, str], list[tuple[str, ReportingUnit]]]:
    """Printed name → last year's, and the names that may be last year's units, of which nobody has said."""
    owner = owners(known)
    leads = {
        project.lead_unit: owner[project.lead_unit]
        for project in document.projects
        if project.lead_unit in owner
    }
    names = leads | named(document.units, known)
    apart = _in_one_table(document, names)
    names = {printed: name for printed, name in names.items() if printed not in apart}
    by_name = {unit.name: unit for unit in known}
    open_ones = [(printed, by_name[name]) for printed, name in apart.items()]
    taken = {*names.values(), *apart.values()}
    for unit in document.units:
        if unit.kind is UnitKind.JOINT or unit.name in names or unit.name in apart:
            continue
        alike = [other for other in known if other.name not in taken and _is_like(unit, other)]
        for other in alike:
            answer = is_same(unit.name, other)
            if answer:
                names[unit.name] = other.name
                taken.add(other.name)
                break
            if answer is None:
                open_ones.append((unit.name, other))
    # What was answered may have made a joint unit one of last year's.
    joint = [unit for unit in called(document, names).units if unit.kind is UnitKind.JOINT]
    return named(joint, known) | names, open_ones


def _in_one_table(document: TaskDocument, names: Mapping[str, str]) -> dict[str, str]:
    """Names that would be one unit though one table has a row for each: all but the one that is last year's own."""
    apart: dict[str, str] = {}
    for project in document.projects:
        count = Counter(names[row.unit] for row in project.allocations if row.unit in names)
        for row in project.allocations:
            name = names.get(row.unit, row.unit)
            if count[name] > 1 and row.unit != name:
                apart[row.unit] = name
    return apart


def _is_like(unit: ReportingUnit, other: ReportingUnit) -> bool:
    """Whether two units differ in a rank (石浦镇, 石浦街道) or in punctuation alone."""
    if other.kind is UnitKind.JOINT:
        return False
    ours, theirs = ({_bare(name) for name in (each.name, *each.aliases)} for each in (unit, other))
    return bool(ours & theirs)


def _bare(name: str) -> str:
    return letters_alone(unit_base(name))


def _known(units: Sequence[ReportingUnit], known: Mapping[str, ReportingUnit]) -> Iterator[ReportingUnit]:
    """The units with what last year's master says of them: the kind that the clerk has given them, and their aliases."""
    own = {unit.name for unit in units}
    for unit in units:
        before = known.get(unit.name)
        if before is None:
            yield unit
            continue
        aliases = dict.fromkeys((*before.aliases, *unit.aliases))
        is_joint = UnitKind.JOINT in (unit.kind, before.kind)
        yield replace(
            unit,
            kind=unit.kind if is_joint else before.kind,
            aliases=tuple(alias for alias in aliases if alias not in own),
        )


def _in_order(known: Sequence[ReportingUnit]) -> Callable[[ReportingUnit], tuple[int, int]]:
    """Townships, joint units, bureaus; among them last year's in its order, then the new ones in the document's."""
    places = {unit.name: place for place, unit in enumerate(known)}
    return lambda unit: (_ORDER.index(unit.kind), places.get(unit.name, len(places)))


def _pairs(document: TaskDocument, last: TaskDocument) -> Iterator[Containment]:
    """Last year's pairs of which both projects come again, with other numbers perhaps; two alike are nobody's."""
    titles, numbers = (
        {title: number for title, number in found if [each for each, _ in found].count(title) == 1}
        for found in (
            [(without_numbers(project.title), project.number) for project in each.projects]
            for each in (last, document)
        )
    )
    title_of = {number: title for title, number in titles.items()}
    for pair in last.containments:
        inner, outer = (numbers.get(title_of.get(number, "")) for number in (pair.inner, pair.outer))
        if inner is not None and outer is not None:
            yield Containment(inner, outer)


def _told(names: Mapping[str, str], file: str) -> Iterator[Finding]:
    changed = {printed: name for printed, name in names.items() if printed != name}
    if changed:
        listed = "、".join(f"{printed}＝{name}" for printed, name in changed.items())
        yield rules.NAMES_FOLLOWED.finding(last=file, reading=listed)


def _open(printed: str, other: ReportingUnit, file: str) -> Finding:
    return rules.UNIT_ALIKE.finding(unit=printed, other=other.name, last=file, original=printed)
