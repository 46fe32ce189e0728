"""A small county's master in which a year's work stands, and a document that changes everything a document can."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw

from incoming.task_document_writers import write_template
from jobs.as_a_program import edited
from jobs.small_master import JUNE, put_file
from minsheng.domain.document import TaskDocument
from minsheng.domain.project import Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.hosts import opened
from minsheng.jobs.importing import import_document
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from small_county import WATER, county, node, shares

__all__ = ["APPROVAL", "MINE", "everything", "in_use", "row_of", "write_document"]

APPROVAL = "县政府第8次常务会议"
MINE = "股室备忘"


def write_document(folder: Path, changed: TaskDocument, name: str = "任务书.xlsx") -> Path:
    return write_template(changed, folder / name)


def in_use(folder: Path) -> Path:
    """A master imported, filled in by a merge, coloured and refreshed; with the clerk's own sheet, cells and fills. Its
    document and its inbox lie beside it."""
    for name, content in _worked().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / "总表.xlsx"


@cache
def _worked() -> dict[str, bytes]:
    """The files of it, made once."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        _work(folder)
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


def _work(folder: Path) -> None:
    path = folder / "总表.xlsx"
    import_document(write_document(folder, county().document), path)
    put_file(
        folder / "收件夹", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.4}, words={("1", "丹东"): "已开始"}
    )
    put_file(folder / "收件夹", "石浦", {("1", "石浦"): 300})
    with opened("file", path, change=True) as book:
        assert merge(book, folder / "收件夹", JUNE).applied
    with opened("file", path, change=True) as book:
        colour(book)
        summarise(book)
    with edited(path) as book:
        sheet = book.create_sheet(MINE)
        sheet["A1"], sheet["A2"] = "自己的表", "='汇总表'!B4&\"、\"&'01'!A1"
        book["01"]["AZ9"] = "电话通知"
        book["汇总表"]["P4"] = "领导关注"
    with opened("file", path, change=True) as book:
        book.sheets["01"].range((row_of(book.sheets["01"], "丹东"), 4)).color = (1, 2, 3)


def row_of(page: xw.Sheet, unit: str) -> int:
    return next(row for row in range(1, 30) if page.range((row, 1)).value == unit)


def everything(found: TaskDocument) -> TaskDocument:
    """The document with every kind of change at once: 8 added, 2 gone, 3 and 4 in each other's place, the table of 1 cut
    anew with a new unit, a node of 5 moved, the leader and the target of 7 and 5 changed; numbered through."""
    one, _, three, four, five, six, seven = found.projects
    new = Project(0, False, "新建口袋公园5个", Quantity(Decimal(5), "个"), "周", WATER, "钱",
                  allocations=shares(丹东="3", 爵溪="2"), allocation_total=Decimal(5),
                  milestones=(node(9, "2"), node(12, "5")))  # fmt: skip
    projects = (
        replace(one, allocations=shares(丹东="300", 爵溪="100", 石浦="600")),
        four,
        three,
        replace(five, target=Quantity(Decimal(14000), "起"), milestones=(node(8, "6000"), node(12, "14000"))),
        six,
        replace(seven, leader="新领导"),
        new,
    )
    units = (*found.units, ReportingUnit("爵溪", UnitKind.TOWNSHIP))
    return replace(
        found,
        units=units,
        projects=tuple(replace(each, number=n) for n, each in enumerate(projects, start=1)),
    )
