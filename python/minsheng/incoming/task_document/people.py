"""Who leads, who is responsible and who helps, settled over the whole document: leaders of chapters, 牵头 beside 责任, 同上."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...cells.names import cleaned, listed_names
from ...domain.catalogue import document as rules
from ...sheets import layout
from .labels import NAMED, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...domain.finding import Finding
    from .sections import Section

__all__ = ["settle_people"]

_OFFICE: Final = (
    r"(?:[县市区州]委|[县市区州]政府)?"
    r"(?:(?:常务|党组)?副?(?:[县市区州镇乡]长|书记|主任|主席|部长|局长|政委)|常委|同志|领导)"
)
_SURNAMED: Final = r"[\u4e00-\u9fff]{2,3}?"
_LEADS: Final = r"(?:牵头|负责|领衔|分管|包抓|包案|联系|挂帅)"
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
        _out_of_title(section)
        _out_of_sentence(section)
        _lead(section)
        _without_telephone(section)
        section.again = [
            (Label.LEAD_UNIT if label is Label.RESPONSIBLE else label, text) for label, text in section.again
        ]
    return _leaders(sections)


def _lead(section: Section) -> None:
    _marked(section)
    responsible = section.fields.pop(Label.RESPONSIBLE, "")
    if not section.fields.get(Label.LEAD_UNIT):
        section.fields[Label.LEAD_UNIT] = responsible
        section.printed.setdefault(Label.LEAD_UNIT, section.printed.get(Label.RESPONSIBLE, ""))
    elif responsible and responsible != section.fields[Label.LEAD_UNIT]:
        helping = section.fields.get(Label.COOPERATING, "")
        section.fields[Label.COOPERATING] = "、".join(filter(None, (responsible, helping)))


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
            helping = section.fields.get(Label.COOPERATING, "")
            section.fields[Label.COOPERATING] = "、".join(filter(None, (others, helping)))


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
            first=under[0].number,
            last=under[-1].number,
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
