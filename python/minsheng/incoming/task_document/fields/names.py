"""Who leads, who is responsible and who helps, settled over the whole document: leaders of chapters, 牵头 beside 责任, 同上. And
who reports: the units that the tables name, in whatever forms, and the forms of their names that the document shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ....cells.names import cleaned, listed_names, unit_base, unit_form
from ....domain.catalogue import document as rules
from ....domain.document import bureaus_that_report
from ....domain.project import Project, ReportingUnit, UnitKind
from ....sheets import layout
from ..words.labels import NAMED, Label
from ..words.lines import split_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ....domain.finding import Finding
    from ..sections.division import Section

__all__ = ["Names", "read_names", "reporting_units", "settle_people"]

_OFFICE: Final = (
    r"(?:[县市区州]委|[县市区州]政府)?"
    r"(?:(?:常务|党组)?副?(?:[县市区州镇乡]长|书记|主任|主席|部长|局长|政委)|常委|同志|领导)"
)
_LEADS: Final = r"(?:牵头|负责|领衔|分管|包抓|包案|联系|挂帅)"
#: 罗刚同志牵头负责: what stands between 同志 and 负责 is no name.
_SURNAMED: Final = rf"(?!{_LEADS})[\u4e00-\u9fff]{{2,3}}?"
_CHAPTER: Final = (
    re.compile(rf"(?:{_OFFICE}){{1,3}}(?P<name>{_SURNAMED})(?:同志)?{_LEADS}"),
    re.compile(rf"(?:^|[、.．：:）)\s])(?P<name>{_SURNAMED})(?:{_OFFICE}){{1,3}}{_LEADS}"),
    re.compile(r"(?:责任|牵头|分管|县|市|区){0,2}领导[：:\s]\s{0,4}(?P<name>[\u4e00-\u9fff]{2,4})"),
    re.compile(
        rf"(?:^|[、.．：:）)\s])(?P<name>[\u4e00-\u9fff]{{2,3}}){_LEADS}(?:的|项目|重点|工作|实事|任务)"
    ),
)
_NO_NAME: Final = re.compile(r"[局委办院府处司站所队部县市区]$|单位|部门|共同|统一|各")
_IN_TITLE: Final = re.compile(r"[（(](?P<inside>[^（）()]{2,60}(?:牵头|主办)[^（）()]{0,60})[）)]$")
_DOES_LEAD: Final = re.compile(r"(?:牵头负责|牵头|主办)$")
_DOES_HELP: Final = re.compile(r"(?:配合|协办|参与|协助)$")
_SENTENCE: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[：:])?\s{0,4}由?(?P<inside>[^。；;：:]{4,300})[。；;]?\s{0,4}"
)
_TELEPHONE: Final = re.compile(r"[\s，,（(]{0,3}(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})[）)]?$")
_LEADING: Final = re.compile(r"[（(](?:牵头|主办|牵头单位|主责)[)）]$|^牵头[：:]")
_SAME: Final = frozenset({"同上", "〃", "″", "同前"})
_SHOWN: Final = 60
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


def settle_people(sections: Sequence[Section]) -> list[Finding]:
    """Fill in the leaders that the chapters name, resolve 同上, and give each section one lead unit: 牵头单位 leads, and a
    责任单位 beside it helps, first. In place; findings on what was taken from chapters."""
    before: dict[Label, str] = {}
    for section in sections:
        for label in NAMED:
            text = cleaned(section.fields.get(label, ""))
            if text in _SAME:
                text = before.get(label, "")
            if label in section.fields:
                section.fields[label] = text
                before[label] = text
        _labelled_within(section)
        _out_of_title(section)
        _out_of_sentence(section)
        _lead(section)
        _without_telephone(section)
        section.again = [
            (Label.LEAD_UNIT if label is Label.RESPONSIBLE else label, text) for label, text in section.again
        ]
    return _leaders(sections)


def _labelled_within(section: Section) -> None:
    """A cell that says itself who does what: "牵头：县教育局\\n配合：县财政局"."""
    for label in sorted(NAMED & section.fields.keys()):
        parts = [each for line in section.fields[label].splitlines() for each in split_labels(line)]
        if len(parts) < 2 or not all(role in NAMED and text for role, _, text in parts):
            continue
        section.fields[label] = ""
        for role, printed, text in parts:
            assert role is not None
            if section.fields.get(role):
                section.again.append((role, text))
            else:
                section.fields[role], section.printed[role] = text, printed


def _lead(section: Section) -> None:
    _marked(section)
    responsible = section.fields.pop(Label.RESPONSIBLE, "")
    if not section.fields.get(Label.LEAD_UNIT):
        section.fields[Label.LEAD_UNIT] = responsible
        section.printed.setdefault(Label.LEAD_UNIT, section.printed.get(Label.RESPONSIBLE, ""))
    elif responsible and responsible != section.fields[Label.LEAD_UNIT]:
        _helps(section, responsible)


def _helps(section: Section, names: str) -> None:
    """Put names before those who help already."""
    helping = section.fields.get(Label.COOPERATING, "")
    section.fields[Label.COOPERATING] = "、".join(filter(None, (names, helping)))


def _out_of_title(section: Section) -> None:
    """养老服务（县民政局牵头，各街道配合）: who does it stands in the title's brackets."""
    match = _IN_TITLE.search(section.title)
    if match is None or section.fields.get(Label.LEAD_UNIT) or section.fields.get(Label.RESPONSIBLE):
        return
    roles = _roles_in(match["inside"])
    if not roles:
        return
    section.captions.append(match.group())
    section.title = section.title[: match.start()].rstrip()
    _fill(section, roles)


def _out_of_sentence(section: Section) -> None:
    """责任分工：由县民政局牵头，各街道配合。"""
    if section.fields.get(Label.LEAD_UNIT) or section.fields.get(Label.RESPONSIBLE):
        return
    said = [*section.loose, *(text for _, text in section.others)]
    found = [
        (text, roles)
        for text in said
        if (match := _SENTENCE.fullmatch(text)) and (roles := _roles_in(match["inside"]))
    ]
    if len(found) != 1:
        return
    text, roles = found[0]
    section.loose = [other for other in section.loose if other != text]
    section.others = [(label, other) for label, other in section.others if other != text]
    section.captions.append(text)
    _fill(section, roles)


def _roles_in(text: str) -> dict[Label, list[str]]:
    """Who leads and who helps by 县民政局牵头，各街道配合; empty where it does not say of everybody."""
    roles: dict[Label, list[str]] = {Label.LEAD_UNIT: [], Label.COOPERATING: []}
    waiting: list[str] = []
    for name in listed_names(text):
        waiting.append(name)
        role = (
            Label.LEAD_UNIT
            if _DOES_LEAD.search(name)
            else Label.COOPERATING
            if _DOES_HELP.search(name)
            else None
        )
        if role is not None:
            roles[role] += [_DOES_HELP.sub("", _DOES_LEAD.sub("", waiting_name)) for waiting_name in waiting]
            waiting = []
    return {} if waiting or not roles[Label.LEAD_UNIT] else roles


def _fill(section: Section, roles: dict[Label, list[str]]) -> None:
    for role, names in roles.items():
        if names and not section.fields.get(role):
            section.fields[role] = "、".join(names)


def _without_telephone(section: Section) -> None:
    owner = section.fields.get(Label.OWNER, "")
    match = _TELEPHONE.search(owner)
    if match is not None and match.start() > 1:
        section.fields[Label.OWNER] = cleaned(owner[: match.start()])
        section.others.append(("联系电话", owner[match.start() :].strip(" ，,（()）")))


def _marked(section: Section) -> None:
    """县交通局（牵头）、县财政局: the marked one leads, the others help."""
    for label in (Label.LEAD_UNIT, Label.RESPONSIBLE):
        names = listed_names(section.fields.get(label, ""))
        leading = [name for name in names if _LEADING.search(name)]
        if len(leading) != 1:
            continue
        section.fields[label] = _LEADING.sub("", leading[0])
        if others := "、".join(name for name in names if name != leading[0]):
            _helps(section, others)


def _leaders(sections: Sequence[Section]) -> list[Finding]:
    given: dict[tuple[str, str], list[Section]] = {}
    for section in sections:
        if section.fields.get(Label.LEADER) or not section.chapter:
            continue
        name = _named(section.chapter)
        if name:
            section.fields[Label.LEADER] = name
            given.setdefault((section.chapter, name), []).append(section)
    return [
        rules.LEADER_FROM_CHAPTER.finding(
            part=layout.LEADER,
            listed="—".join(dict.fromkeys(str(section.number) for section in (under[0], under[-1]))),
            reading=name,
            original=chapter[:_SHOWN],
        )
        for (chapter, name), under in given.items()
    ]


def _named(chapter: str) -> str:
    for form in _CHAPTER:
        match = form.search(chapter[:80])
        if match is not None and not _NO_NAME.search(match["name"]):
            return match["name"]
    return ""


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
        base = name if unit_base(name) in apart else unit_base(name)
        first = by_base.setdefault(base, name)
        _register(names, first, name)
    for name, parts in joint.items():
        members = []
        for part in parts:
            base = part if unit_base(part) in apart else unit_base(part)
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
    for form in (name, unit_form(name)):
        if form != first and form not in names.aliases[first]:
            names.aliases[first].append(form)


def _bases_that_differ(tables: list[list[str]]) -> set[str]:
    """Names that two units of one table share but for their rank (城关街道 and 城关镇)."""
    apart: set[str] = set()
    for table in tables:
        seen: dict[str, str] = {}
        for name in table:
            other = seen.setdefault(unit_base(name), name)
            if other != name:
                apart.add(unit_base(name))
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
                base, form = unit_base(part), unit_form(part)
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
