"""What is said of the whole document and not project by project: its title and year before the first project, what it does
not have and what it has no place for, and projects that may be part of another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final

from ...cells.labels import fold
from ...cells.numbers import chinese_integer
from ...domain.catalogue import document as rules
from ...domain.catalogue import document_file as file_rules
from ...domain.catalogue import document_nodes as node_rules
from ...domain.document import Containment
from ...domain.finding import Severity
from ...errors import NotATaskDocument
from ...sheets import layout
from .words.clauses import bare_words
from .words.labels import Label, is_person, roles_of
from .words.lines import opens_with_label, read_heading
from .words.schedule import holds_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...domain.finding import Finding, Rule
    from ...domain.project import Project
    from .fields.project import ProjectReading
    from .files.blocks import Note
    from .sections.division import Division, Section

__all__ = [
    "FrontMatter",
    "dates_said_once",
    "is_legend",
    "notes_beside",
    "propose_containments",
    "read_front_matter",
    "what_is_absent",
    "what_is_kept_out",
    "what_stands_alone",
]

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20|21)\d{2})\s*(?:年|—|-)")
_CHINESE_YEAR: Final = re.compile(r"([二][〇零○O0一二三四五六七八九]{3})年")
_ANNEX: Final = re.compile(
    r"目\s{0,8}[录次錄]|附\s{0,4}件\s{0,4}[\d一二三四五六七八九十]{0,3}\s{0,4}[：:]?|附表\s{0,4}\d{0,3}|[（(][^（()）]{0,12}[）)]"
)
#: What a mark before a title means: "（注：*为省民生实事项目）".
_LEGEND: Final = re.compile(r"[★☆*＊▲]\s?(?:为|表示|项目|号|的)")
_LONGEST_TITLE_LINE: Final = 40
_SENTENCE: Final = re.compile(r"[。；：:]")
_SHOWN: Final = 60
_LONGEST_NOTE: Final = 400
_AFTER_ALL: Final = 1 << 30
_FEW: Final = 3
#: How many of the inner project's units must have the outer one's very number, in tenths.
_EQUAL_TENTHS = 8


@dataclass
class FrontMatter:
    """``title`` is the printed title with its lines joined; ``findings`` are about year and text left over."""

    title: str
    year: int
    findings: list[Finding] = field(default_factory=list)


def read_front_matter(
    preamble: tuple[str, ...], chapters: tuple[str, ...], body: list[str], asked: int | None
) -> FrontMatter:
    """Title and year. The year is ``asked`` for, or the title's, or a chapter's, or the only one that the text names.

    NotATaskDocument where there is none.
    """
    title_lines, rest = _title_lines(preamble)
    title = "".join(title_lines)
    findings = []
    if rest:
        words = "".join(rest)
        holds_more = any(opens_with_label(line) or holds_months(line) for line in rest)
        findings.append(
            rules.TEXT_UNREAD.finding(
                where="第一个项目之前",
                original=words,
                severity=Severity.WARNING if holds_more else Severity.INFO,
            )
        )
    in_title = _year_in(title) or _year_in("".join(preamble)) or _year_in("".join(chapters[:1]))
    title = title or "".join(line for line in chapters[:1] if _year_in(line))
    if asked is not None:
        if in_title is not None and in_title != asked:
            findings.append(rules.YEAR_DIFFERS.finding(original=str(in_title), reading=str(asked)))
        return FrontMatter(title, asked, findings)
    if in_title is not None:
        return FrontMatter(title, in_title, findings)
    named = Counter(int(year) for text in body for year in _YEAR.findall(fold(text)))
    if len(named) != 1:
        raise NotATaskDocument(
            "任务书里没有写是哪一年的。", "请指定年度后再导入（命令行用 --year 2024 这样的写法）。"
        )
    year = next(iter(named))
    findings.append(rules.YEAR_FROM_TEXT.finding(original=f"{year}年", reading=str(year)))
    return FrontMatter(title, year, findings)


def is_legend(line: str) -> bool:
    """Whether a line before the title says nothing of the projects: 附件3, or what a mark means."""
    return _ANNEX.fullmatch(line.strip()) is not None or _LEGEND.search(line) is not None


def _year_in(text: str) -> int | None:
    """The first year that a text names: 2024年, 二〇二四年."""
    folded = fold(re.sub(r"\s+", "", text))
    if match := _YEAR.search(folded):
        return int(match[1])
    if match := _CHINESE_YEAR.search(folded):
        return chinese_integer(re.sub("[○O0]", "〇", match[1]))
    return None


def _title_lines(preamble: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The lines of the title (short, without a full stop, up to the first that is not), and the others."""
    title: list[str] = []
    rest: list[str] = []
    ended = False
    for line in preamble:
        words = line.strip()
        if not words or (not title and _ANNEX.fullmatch(words)) or _LEGEND.search(words):
            continue
        is_title_line = len(words) <= _LONGEST_TITLE_LINE and not _SENTENCE.search(words)
        if ended or not is_title_line or read_heading(words) is not None or _ANNEX.fullmatch(words):
            ended = ended or bool(title)
            if not _ANNEX.fullmatch(words):
                rest.append(words)
        else:
            title.append(words)
    return title, rest


def notes_beside(notes: tuple[Note, ...], division: Division) -> list[Finding]:
    """What stands beside the text, by the project that it belongs to and its kind."""
    begins = sorted((min(section.places), section.number) for section in division.sections if section.places)
    told: dict[tuple[int | None, str, bool], list[str]] = defaultdict(list)
    for note in notes:
        at = bisect_right(begins, (note.place, _AFTER_ALL)) if note.place is not None else 0
        told[begins[at - 1][1] if at else None, note.kind, note.read].append(note.text)
    return [
        _rule_of(kind, is_read=is_read).finding(
            project=number,
            where=f"第{number}项" if number else "任务书",
            reading=kind,
            original="；".join(texts)[:_LONGEST_NOTE],
        )
        for (number, kind, is_read), texts in told.items()
    ]


def _rule_of(kind: str, *, is_read: bool) -> Rule:
    if is_read:
        return file_rules.TEXT_BOX_READ
    return file_rules.TEXT_BOX if kind == "文本框" else file_rules.NOTES_UNREAD


def what_is_absent(projects: Sequence[Project], division: Division) -> list[Finding]:
    """Names and schedules that projects do not have. Where none has one, that is said once, unless a column that was not
    read may hold it."""
    found: list[Finding] = []
    unknown = [
        (label, text)
        for section in division.sections
        for label, text in section.others
        if Label.OTHER not in roles_of(label)
    ]
    persons = any(sum(map(is_person, column.texts)) * 2 > len(column.texts) for column in division.unread)
    persons = persons or any(is_person(text) for _, text in unknown)
    for label, names in (
        (layout.LEADER, [project.leader for project in projects]),
        (layout.OWNER, [project.owner for project in projects]),
    ):
        missing = [project.number for project, name in zip(projects, names, strict=True) if not name]
        if len(missing) == len(projects) > 1:
            found += [] if persons else [rules.NOBODY_NAMED.finding(label=label)]
        else:
            found += [
                rules.PERSON_MISSING.finding(project=number, part=label, label=label) for number in missing
            ]
    without = [project.number for project in projects if not project.milestones]
    unread = {
        section.number for section in division.sections if any(text.strip() for text in _schedule(section))
    }
    if len(without) == len(projects) > 1 and not unread:
        timed = _with_times(division)
        found.append(
            rules.SCHEDULES_ELSEWHERE.finding(label=timed) if timed else rules.SCHEDULES_MISSING.finding()
        )
    else:
        found += [
            rules.SCHEDULE_MISSING.finding(project=number, part=layout.NODE_TIME)
            for number in without
            if number not in unread
        ]
    return found


def _with_times(division: Division) -> str:
    """The first column or label that was not read and whose words name times in most places; empty where there is none."""
    said: dict[str, list[str]] = {column.name: list(column.texts) for column in division.unread}
    for section in division.sections:
        for label, text in section.others:
            said.setdefault(label, []).append(text)
    return next((name for name, texts in said.items() if sum(map(holds_months, texts)) * 2 > len(texts)), "")


def _schedule(section: Section) -> list[str]:
    return [section.fields.get(Label.SCHEDULE, ""), *(line.text or line.phrase for line in section.nodes)]


def what_stands_alone(readings: Sequence[ProjectReading]) -> list[Finding]:
    """Targets that nothing else in the document confirms: each where they are few, else in one finding."""
    alone = [reading.unsupported for reading in readings if reading.unsupported is not None]
    if len(alone) <= _FEW:
        return alone
    listed = "、".join(str(finding.project) for finding in alone)
    return [rules.TARGETS_UNSUPPORTED.finding(reading=listed)]


def dates_said_once(findings: list[Finding]) -> list[Finding]:
    """The findings with those on mere deadlines as one, where they are many."""
    dated = [finding for finding in findings if finding.code == node_rules.NODE_ONE_DATE.code]
    if len(dated) <= _FEW:
        return findings
    listed = "、".join(str(finding.project) for finding in dated)
    once = node_rules.NODES_ONE_DATE.finding(listed=listed)
    return [*(finding for finding in findings if finding.code != node_rules.NODE_ONE_DATE.code), once]


def what_is_kept_out(division: Division) -> list[Finding]:
    """Columns and lines that the model has no place for, or that were not understood: one finding for each name."""
    found = [
        (rules.COLUMN_KEPT_OUT if column.known else rules.COLUMN_UNREAD).finding(
            label=column.name, original="；".join(column.texts)[: _SHOWN * 5]
        )
        for column in division.unread
    ]
    said: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for section in division.sections:
        for label, text in section.others:
            if text:
                said[label].append((section.number, text))
    for label, texts in said.items():
        known = Label.OTHER in roles_of(label)
        if len(texts) == 1:
            number, text = texts[0]
            found.append(
                rules.FIELD_KEPT_OUT.finding(
                    project=number,
                    where=f"第{number}项",
                    label=label,
                    original=text[: _SHOWN * 5],
                    severity=None if known else Severity.WARNING,
                )
            )
        else:
            rule = rules.COLUMN_KEPT_OUT if known else rules.COLUMN_UNREAD
            listed = "；".join(f"第{number}项 {text}" for number, text in texts)
            found.append(rule.finding(label=label, original=listed[: _SHOWN * 5]))
    return found


def propose_containments(projects: tuple[Project, ...]) -> tuple[tuple[Containment, ...], list[Finding]]:
    """Pairs that the clerk should look at: the inner title holds the outer one's words in order and a qualifier more
    ("新建农村…充电桩" and "新建…充电桩"), in the same unit, and nearly all its units have the same number in both."""
    found: list[Containment] = []
    findings: list[Finding] = []
    worded: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        if len(project.allocations) > 1:
            worded[bare_words(project.title)].append(project)
    for more, inside in worded.items():
        for less in [less for less in worded if _holds_in_order(more, less)]:
            for inner, outer in product(inside, worded[less]):
                if inner.unit == outer.unit and _numbers_equal(inner, outer):
                    found.append(Containment(inner.number, outer.number))
                    findings.append(
                        rules.CONTAINMENT.finding(
                            project=inner.number,
                            outer=outer.number,
                            original=inner.title,
                            reading=outer.title,
                        )
                    )
    return tuple(found), findings


def _holds_in_order(more: str, less: str) -> bool:
    """Whether a wording is another one with something put in."""
    if not less or len(more) <= len(less):
        return False
    rest = iter(more)
    return all(letter in rest for letter in less)


def _numbers_equal(inner: Project, outer: Project) -> bool:
    inside = {row.unit: row.quantity for row in inner.allocations if row.quantity}
    around = {row.unit: row.quantity for row in outer.allocations if row.quantity}
    if len(inside) < 2 or not inside.keys() <= around.keys():
        return False
    if inner.goal is None or outer.goal is None or inner.goal > outer.goal:
        return False
    equal = sum(1 for unit, quantity in inside.items() if around[unit] == quantity)
    return equal * 10 >= len(inside) * _EQUAL_TENTHS
