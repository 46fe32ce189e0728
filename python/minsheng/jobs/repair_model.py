"""What a master is, as far as anything still says it: its sheets, else 底稿, else the 任务书 that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..domain.amending.differences import ADDED
from ..domain.amending.matching import match_projects
from ..errors import MasterDamaged, NotATaskDocument
from ..sheets import layout
from ..sheets.gaps import PROJECTS, SETTINGS
from ..sheets.log_entries import Amended

if TYPE_CHECKING:
    from pathlib import Path

    from ..domain.document import TaskDocument
    from ..domain.project import Project
    from ..domain.stored import BookFacts
    from ..sheets.facts_sheet import Facts
    from ..sheets.open_master import OpenMaster

__all__ = ["Model"]

#: So many differences of a project are told in full.
_MOST_TOLD = 5
#: What of an amendment tells in the master's id, which the import gave.
_IN_ID = frozenset({"项目名称", ADDED})


@dataclass(frozen=True)
class Model:
    """The whole of it: ``lost`` are the projects of which the sheet does not say it any more, ``unknown`` what nothing says,
    a sentence each."""

    document: TaskDocument
    id: str
    lost: frozenset[int]
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, master: OpenMaster, facts: Facts, source: Path | None) -> Model:
        """From what stands, else from 底稿, else from ``source``. MasterDamaged; NotATaskDocument where ``source`` is another
        year's."""
        undone = master.log.taken_back if master.log else ()
        said = {**facts.said(undone), **facts.amended(undone)}
        document, master_id = master.master.document, master.settings.id
        nobody_knows = master.lacks(SETTINGS) and facts.book is None
        if master.lacks(SETTINGS) and facts.book is not None:
            master_id, document = facts.book.id, _of_the_year(document, facts.book)
        elif nobody_knows and source is None:
            raise MasterDamaged(
                "“设置”读不出来，隐藏的“底稿”也没有，不知道这本总表是哪年的、有哪些填报单位。没有修复。",
                "请指定原来的任务书再修复（命令行用 --from 任务书）。",
            )
        readable = {project.number: project for project in master.master.document.projects}
        missed = {gap.finding.project for gap in master.gaps if gap.part == PROJECTS} - readable.keys()
        unknown = [*_amended_and_undone(master, facts, said.keys() - readable.keys())]
        if source is not None:
            read = _read(source, document.year)
            if nobody_knows:
                master_id, document = read.id, _of_the_year(document, read)
                unknown += _of_the_id(master, source)
            taken = _Taken(master, read, source.name)
            found = taken.projects(said, missed)
            said = {**found, **said}
            unknown += [*taken.unknown, *(_since(master, number, source.name) for number in sorted(found))]
        numbers = sorted(readable.keys() | said.keys())
        projects = tuple(readable.get(number) or said[number] for number in numbers)
        where = "“底稿”里也没有它" if source is None else f"“底稿”和“{source.name}”里都没有它"
        unknown += [
            f"第{number}项的工作表读不出来，{where}，没有修复；{_from_where(master, number)}"
            for number in sorted(number for number in missed if number is not None and number not in said)
        ]
        lost = (missed | (said.keys() - readable.keys())) & said.keys()
        return cls(
            replace(document, projects=projects),
            master_id,
            frozenset(number for number in lost if number is not None),
            tuple(filter(None, unknown)),
        )


def _of_the_year(document: TaskDocument, known: TaskDocument | BookFacts) -> TaskDocument:
    """The document with what is ``known`` of its year: all but the projects."""
    return replace(
        document, title=known.title, year=known.year, units=known.units, containments=known.containments
    )


def _read(source: Path, year: int) -> TaskDocument:
    from ..incoming import task_document

    try:
        read = task_document.read(source).document
    except NotATaskDocument:  # perhaps for want of a year alone
        read = task_document.read(source, year=year or None).document
    if year and read.year != year:
        raise NotATaskDocument(
            f"“{source.name}”是{read.year}年的任务书，总表是{year}年的，没有修复。",
            "请指定总表当年的任务书。",
        )
    return read


@dataclass
class _Taken:
    """What is taken from the document ``read``: nothing that the master may never have had."""

    master: OpenMaster
    read: TaskDocument
    file: str
    unknown: list[str] = field(default_factory=list)

    def projects(self, said: Mapping[int, Project], missed: set[int | None]) -> dict[int, Project]:
        """The projects that neither stand nor are ``said`` by 底稿, under the number that the document prints."""
        standing = self.master.master.document.projects
        partner = match_projects(standing, self.read.projects)
        moved = {
            project.number: standing[partner[index]].number
            for index, project in enumerate(self.read.projects)
            if index in partner and project.number != standing[partner[index]].number
        }
        readable = {project.number for project in standing}
        new = {
            project.number: project
            for index, project in enumerate(self.read.projects)
            if index not in partner and project.number not in readable | said.keys()
        }
        # 汇总表 lists every project there was.
        if layout.NAME_SUMMARY in self.master.tables:
            never = sorted(new.keys() - missed)
            if never:
                self.unknown.append(
                    f"“{self.file}”里的{_numbers(never)}总表里没有，没有添加；要加进总表，请用它修订总表。"
                )
            new = {number: project for number, project in new.items() if number in missed}
        wanted = sorted(
            new.keys() | {number for number in missed if number is not None and number not in said}
        )
        if moved and wanted:
            told = "、".join(
                f"它的第{printed}项是总表的第{number}项"
                for printed, number in sorted(moved.items())[:_MOST_TOLD]
            )
            self.unknown.append(
                f"“{self.file}”的序号和总表不一致（{told}），{_numbers(wanted)}不能按序号认，没有用它恢复。"
            )
            return {}
        return new


def _numbers(numbers: list[int]) -> str:
    return "、".join(f"第{number}项" for number in numbers)


def _amendments(master: OpenMaster, number: int) -> Iterator[Amended]:
    """What standing amendments have changed of a project."""
    for entry in master.log.standing() if master.log else ():
        if isinstance(entry.what, Amended) and entry.what.difference.project == number:
            yield entry.what


def _since(master: OpenMaster, number: int, file: str) -> str:
    """What a project that was taken from the document may have lost."""
    if master.log is None:
        return f"第{number}项按“{file}”恢复；“汇总记录”也没有了，后来修订过没有，没有人知道，请核对。"
    told = [str(each.difference).removeprefix(f"第{number}项") for each in _amendments(master, number)]
    if not told:
        return ""
    more = f"等{len(told)}处" if len(told) > _MOST_TOLD else ""
    return f"第{number}项按“{file}”恢复，后来修订的没有恢复，请照着改：{'；'.join(told[:_MOST_TOLD])}{more}。"


def _amended_and_undone(master: OpenMaster, facts: Facts, numbers: set[int]) -> Iterator[str]:
    """Projects that 底稿 gives as an amendment left them, of which nobody knows whether it was taken back."""
    amended = sorted(numbers & facts.amended().keys()) if master.log is None else ()
    if amended:
        yield f"{_numbers([*amended])}按“底稿”里最近一次修订恢复；“汇总记录”没有了，那次修订后来撤销过没有，没有人知道，请核对。"


def _from_where(master: OpenMaster, number: int) -> str:
    added = [each.file for each in _amendments(master, number) if each.difference.what == ADDED]
    return f"它是按“{added[-1]}”新增的，请用 --from 指定那一份。" if added else "请用 --from 指定任务书。"


def _of_the_id(master: OpenMaster, source: Path) -> Iterator[str]:
    """The id is made from the document of the import: from a later one it comes out otherwise."""
    amended = [entry.what for entry in master.log.standing()] if master.log else []
    if master.log is None or any(
        isinstance(each, Amended) and each.difference.what in _IN_ID for each in amended
    ):
        yield (
            f"总表编号按“{source.name}”重新算出；它若不是年初导入的那一份，已发出的填报表会认不出是这本总表的，"
            "请换年初的那一份再修复。"
        )
