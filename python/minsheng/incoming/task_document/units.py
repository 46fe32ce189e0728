"""Who reports: the units that the tables name, in whatever forms, and the forms of their names that the document shows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from ...domain.document import bureaus_that_report
from ...domain.project import Project, ReportingUnit, UnitKind

__all__ = ["Names", "read_names", "reporting_units"]

_OFFICE: Final = re.compile(r"(?:人民政府|政府|办事处)$")
_RANK: Final = re.compile(r"(?:街道|镇|乡)$")
_JOINED: Final = re.compile(r"[、，,/和与]")
_BUREAU: Final = re.compile(
    r"局|委|办|集团|公司|中心|办公室|总工会|联合会|红十字会|医院|学校|残联|妇联|团县委|委员会|分局|支队|大队"
)
#: An area with an administration of its own: it reports like a township, whatever its office is called.
_AREA: Final = re.compile(r"(?:管委会|管理委员会)$")
_OF_A_COUNTY: Final = re.compile(r"^(?:县|市|区).{2,}")
_GROUPS: Final = re.compile(r"[，,；;。\n]")
_NAMES: Final = re.compile(r"[、和及]")


def _form(name: str) -> str:
    """丹东街道 from 丹东街道办事处, 石浦镇 from 石浦镇政府."""
    return _OFFICE.sub("", name) or name


def _base(name: str) -> str:
    """The name without its rank, where at least two characters are left of it."""
    base = _RANK.sub("", _form(name))
    return base if len(base) >= 2 else _form(name)


@dataclass
class Names:
    """The units of all tables. ``canonical`` maps every printed form to the unit's name: the first form that a table
    shows. ``aliases`` are the other forms; ``members`` those of joint units."""

    canonical: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)

    @property
    def single(self) -> list[str]:
        """Units that are not joint, in order of first appearance."""
        return [name for name in dict.fromkeys(self.canonical.values()) if name not in self.members]


def read_names(tables: list[list[str]], other_texts: list[str]) -> Names:
    """The units named by ``tables`` (the names of each), with the forms that ``other_texts`` (配合单位 …) show."""
    names = Names()
    apart = _bases_that_differ(tables)
    by_base: dict[str, str] = {}
    printed = list(dict.fromkeys(name for table in tables for name in table))
    known = frozenset(printed)
    joint = {name: parts for name in printed if (parts := _parts(name, known))}
    for name in printed:
        if name in joint:
            continue
        base = name if _base(name) in apart else _base(name)
        first = by_base.setdefault(base, name)
        _register(names, first, name)
    for name, parts in joint.items():
        members = []
        for part in parts:
            base = part if _base(part) in apart else _base(part)
            if base not in by_base:
                by_base[base] = part
                names.added[part] = name
            members.append(by_base[base])
            _register(names, by_base[base], part)
        names.canonical[name] = name
        names.members[name] = tuple(members)
    _add_forms(names, by_base, other_texts)
    return names


def _register(names: Names, first: str, name: str) -> None:
    names.canonical[name] = first
    for form in (name, _form(name)):
        if form != first and form not in names.aliases[first]:
            names.aliases[first].append(form)


def _bases_that_differ(tables: list[list[str]]) -> set[str]:
    """Names that two units of one table share but for their rank (城关街道 and 城关镇)."""
    apart: set[str] = set()
    for table in tables:
        seen: dict[str, str] = {}
        for name in table:
            other = seen.setdefault(_base(name), name)
            if other != name:
                apart.add(_base(name))
    return apart


def _parts(name: str, known: frozenset[str]) -> tuple[str, ...]:
    """The members of a joint unit: "丹东、丹西", or two known names run together."""
    parts = tuple(part for part in _JOINED.split(name) if part)
    if len(parts) > 1 and all(len(part) >= 2 for part in parts):
        return parts
    for cut in range(2, min(len(name), 24) - 1):
        if name[:cut] in known and name[cut:] in known:
            return (name[:cut], name[cut:])
    return ()


def _add_forms(names: Names, by_base: dict[str, str], texts: list[str]) -> None:
    """Forms from lists such as "丹东、丹西街道办事处": the rank at the end is that of the bare names before it too."""
    shown: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for group in _GROUPS.split(text):
            waiting: list[str] = []
            for part in _NAMES.split("".join(group.split())):
                base, form = _base(part), _form(part)
                if base not in by_base:
                    waiting = []
                elif form == base:
                    waiting.append(base)
                else:
                    shown[base].append(form)
                    for bare in waiting:
                        shared[bare].append(bare + form.removeprefix(base))
                    waiting = []
    for base, name in by_base.items():
        forms = shown[base] or (shared[base] if len(set(shared[base])) == 1 else [])
        for form in forms:
            if form != name and form not in names.aliases[name]:
                names.aliases[name].append(form)


def reporting_units(names: Names, projects: tuple[Project, ...]) -> tuple[ReportingUnit, ...]:
    """Townships in order of first appearance, then joint units, then the bureaus that send a file of their own."""
    leads = {project.lead_unit for project in projects}
    townships: list[ReportingUnit] = []
    bureaus: list[ReportingUnit] = []
    for name in names.single:
        aliases = tuple(names.aliases.get(name, ()))
        if name in leads or _looks_like_bureau(name):
            bureaus.append(ReportingUnit(name, UnitKind.BUREAU, aliases))
        else:
            townships.append(ReportingUnit(name, UnitKind.TOWNSHIP, aliases))
    joint = [ReportingUnit(name, UnitKind.JOINT, members=members) for name, members in names.members.items()]
    known = {unit.name for unit in bureaus}
    bureaus += [unit for unit in bureaus_that_report(projects) if unit.name not in known]
    return (*townships, *joint, *bureaus)


def _looks_like_bureau(name: str) -> bool:
    return bool(_BUREAU.search(name[-4:]) and (_OF_A_COUNTY.match(name) or len(name) >= 4)) and not (
        _RANK.search(name) or _AREA.search(name)
    )
