"""From a file to a TaskDocument with findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import document as rules
from ...domain.catalogue import document_file as file_rules
from ...domain.document import TaskDocument
from ...errors import NotATaskDocument, UnreadableFile
from .conservation import claims, unclaimed_findings
from .fields.allocations import find_shares
from .fields.names import read_names, reporting_units, settle_people
from .fields.project import read_project
from .files.blocks import Paragraph, Source
from .files.kinds import FileKind, kind_of, refuse_too_much
from .review_copy import settled
from .sections.division import Division, divide
from .sections.marks import without_other_marks
from .sections.numbering import settle_numbers
from .sections.overview import take_apart, without_overview
from .sections.pieces import pieces_of
from .whole import (
    dates_said_once,
    notes_beside,
    propose_containments,
    read_front_matter,
    what_is_absent,
    what_is_kept_out,
    what_stands_alone,
)
from .words.labels import Label

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from .files.blocks import Block, Table

__all__ = ["Reading", "read"]

#: A real 任务书 has 20 KB as text and perhaps 1 MB with its pictures.
_LARGEST_FILE: Final = 32 << 20
_LARGEST_TEXT: Final = 4 << 20
_MOST_PROJECTS: Final = 999
_MOST_UNITS: Final = 2000
_EXTENSIONS: Final = {FileKind.TEXT: ".txt", FileKind.DOCX: ".docx", FileKind.XLSX: ".xlsx"}
_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read, and what the clerk should look at; errors are findings too. ``reviewed`` says that it is a
    核对稿 that came back."""

    document: TaskDocument
    findings: tuple[Finding, ...]
    reviewed: bool = field(default=False, compare=False)


def read(path: Path, year: int | None = None) -> Reading:
    """Read a 任务书 (.docx .txt, or 任务书模板.xlsx filled in), judged by its content and not by its name.

    ``year`` goes before the document's own. Raises UnreadableFile (HostileFile) for a file that cannot be read, and
    NotATaskDocument where no project or no year is found.
    """
    data = _bytes(path)
    file = path.name
    kind = kind_of(data, file)
    findings: list[Finding] = []
    if path.suffix.lower() != _EXTENSIONS[kind]:
        findings.append(file_rules.WRONG_EXTENSION.finding(file=file, reading=kind.value))
    if kind is FileKind.XLSX:
        from .template import read_workbook, untouched

        template = read_workbook(data, file)
        findings += template.findings
        if template.is_ours:
            division = Division((template.title,), tuple(template.sections), (), ())
            reading = _document(division, year, template.year, findings, Source(()))
            if template.kept is None:
                return reading
            before = untouched(template.kept, file)
            document, open_ones = settled(template.kept, before, template, reading.document, reading.findings)
            return Reading(document, open_ones, reviewed=True)
        source = Source(template.blocks)
    else:
        source = _source(kind, data, file)
    refuse_too_much(source.blocks, file)
    division = divide(pieces_of(without_other_marks(source.blocks)))
    if not division.sections:
        raise NotATaskDocument(
            f"“{file}”里没有找到实事项目。",
            "任务书应有编了序号的项目，下面写明责任单位和进度安排；格式不同的，请把内容填进任务书模板.xlsx 后导入。",
        )
    return _document(division, year, None, [*findings, *source.findings], source)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise UnreadableFile(
                f"“{path.name}”有{size >> 20}MB，超过{_LARGEST_FILE >> 20}MB的上限，没有读取。",
                "请删去里面的图片，另存后再导入。",
            )
        return path.read_bytes()
    except OSError as failure:
        raise UnreadableFile(
            f"“{path.name}”打不开。", "请确认文件存在、没有被别的程序占用，再试一次。"
        ) from failure


def _source(kind: FileKind, data: bytes, file: str) -> Source:
    if kind is FileKind.DOCX:
        from .files.docx import read_docx

        return read_docx(data, file)
    from .files.text import read_text

    if len(data) > _LARGEST_TEXT:
        raise UnreadableFile(f"“{file}”太大，不像一份任务书。", "请确认没有选错文件。")
    return read_text(data)


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def _document(
    division: Division,
    asked: int | None,
    stated: int | None,
    findings: list[Finding],
    source: Source,
) -> Reading:
    if len(division.sections) > _MOST_PROJECTS:
        raise UnreadableFile("任务书里的项目多得不合情理，没有读入。", "请确认没有选错文件。")
    division, told_twice = without_overview(division)
    findings = [*findings, *told_twice]
    front = read_front_matter(division.preamble, division.chapters, _texts(source.blocks), asked or stated)
    findings = [
        *findings,
        *front.findings,
        *settle_numbers(division.sections),
        *settle_people(division.sections),
    ]
    findings += notes_beside(source.notes, division)
    unread, notes = take_apart(division.sections, division.tables)
    findings += notes
    shares = []
    for section in division.sections:
        found, notes = find_shares(section)
        shares.append(found)
        findings += notes
        if found is not None and len(found.shares) > _MOST_UNITS:
            raise UnreadableFile(
                f"第{section.number}项的任务分解有{len(found.shares)}个单位，不像一份任务书。",
                "请确认没有选错文件。",
            )
    names = read_names(
        [[share.unit for share in found.shares] if found else [] for found in shares],
        [section.fields.get(Label.COOPERATING, "") for section in division.sections],
    )
    readings = [
        read_project(section, found, names, front.year, is_last=section is division.sections[-1])
        for section, found in zip(division.sections, shares, strict=True)
    ]
    projects = tuple(reading.project for reading in readings)
    for reading in readings:
        findings += reading.findings
    findings = dates_said_once(findings)
    findings += what_is_absent(projects, division)
    findings += what_stands_alone(readings)
    findings += what_is_kept_out(division)
    findings += _remarks_at_the_end(division)
    containments, proposals = propose_containments(projects)
    findings += proposals
    findings += [
        rules.JOINT_UNIT_MEMBER.finding(unit=joint, member=member) for member, joint in names.added.items()
    ]
    findings += _loose_ends(division, unread, findings)
    document = TaskDocument(front.title, front.year, reporting_units(names, projects), projects, containments)
    findings += unclaimed_findings(claims(source.blocks, division, document, findings))
    return Reading(document, tuple(sorted(findings, key=lambda finding: finding.project or 0)))


def _remarks_at_the_end(division: Division) -> list[Finding]:
    """A 备注 after the last project is about the whole document."""
    return [
        rules.REMARK_KEPT_OUT.finding(where="任务书末尾", original=text[:_SHOWN])
        for text in division.sections[-1].remarks
    ]


def _loose_ends(division: Division, tables: tuple[Table, ...], said: list[Finding]) -> list[Finding]:
    """Chapters' names and tables that belong to no project; a chapter that gave its leader was told."""
    found = []
    told = {finding.original for finding in said if finding.code == rules.LEADER_FROM_CHAPTER.code}
    chapters = [chapter for chapter in division.chapters if chapter not in told]
    if chapters:
        listed = "；".join(chapters)
        found.append(rules.CHAPTERS.finding(original=listed))
    found += [
        rules.TEXT_UNREAD.finding(where="项目表之后", original=text[:_SHOWN]) for text in division.notes
    ]
    found += [
        rules.TABLE_UNREAD.finding(where="第一个项目之前", original=table.text[:_SHOWN]) for table in tables
    ]
    return found
