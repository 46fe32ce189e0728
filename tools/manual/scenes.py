"""What the pictures are taken of: the demonstration's master, and what a year does to it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from incoming.task_document_writers import write_template
from minsheng.domain.period import Period
from minsheng.domain.project import Allocation, Milestone
from minsheng.domain.quantity import Quantity
from minsheng.hosts import opened
from minsheng.jobs.amending import amend
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.notices import bulletin, remind
from minsheng.jobs.undoing import undo
from minsheng.sheets.open_master import OpenMaster
from xlengines.libreoffice.convert import to_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from minsheng.domain.document import TaskDocument

__all__ = ["APPROVAL", "JUNE", "Scenes"]

APPROVAL = "县政府第8次常务会议"
JUNE = Period(2024, 6)
_CANCELLED = 26


class Scenes:
    """Files in ``folder``, each made when it is first asked for, of a demonstration that lies in ``demo``."""

    def __init__(self, demo: Path, folder: Path) -> None:
        self.folder = folder
        self.demo = demo
        self.master = next(demo.glob("*总表.xlsx"))

    @cached_property
    def printed(self) -> Path:
        """All of it on paper."""
        return self._printed(self.master)

    @cached_property
    def may(self) -> Path:
        """The master before June's two merges, with the forms of June beside it."""
        path = shutil.copytree(self.demo, self.folder / "县政府办") / self.master.name
        for _ in range(2):
            with opened("file", path, change=True) as book:
                undo(book)
        return path

    @property
    def sent(self) -> Path:
        """The form that a township sent in June."""
        return next((self.may.parent / "收件夹").rglob("石浦_*06月_填报表.xlsx"))

    @cached_property
    def changed(self) -> Path:
        """The document of July: one project more and one less, another goal and deadline, shares cut anew."""
        with opened("file", self.master) as book:
            document = OpenMaster.read(book).master.document
        return write_template(_of_july(document), self.folder / "调整后任务书.xlsx")

    @cached_property
    def amended(self) -> Path:
        """The master of June after that document, coloured anew."""
        path = self.folder / "修订" / "民生实事总表.xlsx"
        path.parent.mkdir()
        shutil.copyfile(self.master, path)
        with opened("file", path, change=True) as book:
            amend(book, self.changed, APPROVAL)
            colour(book)
            summarise(book)
        return self._printed(path)

    @cached_property
    def reminder(self) -> Path:
        """The 催报单 of June on paper."""
        with opened("file", self.master) as book:
            done = remind(book, JUNE, self.folder)
        return self._printed(done.workbook)

    @cached_property
    def bulletin(self) -> Path:
        """The 通报 of June on paper."""
        with opened("file", self.master) as book:
            bulletin(book, JUNE, draft := self.folder / "通报.docx")
        return self._printed(draft)

    @cached_property
    def form(self) -> Path:
        """That form on paper."""
        return self._printed(self.sent)

    @cached_property
    def reply(self) -> Path:
        """What a unit is told of June, on paper."""
        return self._printed(next((self.demo / "反馈").glob("丹西_*.xlsx")))

    def _printed(self, source: Path) -> Path:
        return to_pdf(source, self.folder / f"{source.parent.name}-{source.stem}.pdf", seconds=600)


def _of_july(document: TaskDocument) -> TaskDocument:
    """17 gets one unit more, 22 another goal, 26 goes, the last node of 30 comes later, 34 is new."""
    projects = {project.number: project for project in document.projects if project.number != _CANCELLED}
    shared, further, later = projects[17], projects[22], projects[30]
    moved = {"鹤浦": Decimal(1)}
    shares = tuple(replace(s, quantity=moved.get(s.unit, s.quantity)) for s in shared.allocations)
    projects[17] = replace(shared, allocations=(*shares, Allocation("爵溪", Decimal(1))))
    assert further.target is not None
    *nodes, last = further.milestones
    goal = further.target.value + 2
    projects[22] = replace(
        further,
        target=replace(further.target, value=goal),
        milestones=(*nodes, replace(last, cumulative=goal)),
    )
    *nodes, last = later.milestones
    projects[30] = replace(
        later,
        milestones=(*nodes, replace(last, first_month=12, last_month=12, phrase="12月份")),
    )
    projects[34] = replace(
        further,
        number=34,
        title="新建口袋公园5个",
        target=Quantity(Decimal(5), "个"),
        allocations=(Allocation("丹东", Decimal(3)), Allocation("爵溪", Decimal(2))),
        allocation_total=Decimal(5),
        milestones=(
            Milestone(9, 9, "9月份", "累计建成2个", Decimal(2)),
            Milestone(12, 12, "12月份", "累计建成5个", Decimal(5)),
        ),
    )
    return replace(document, projects=tuple(projects.values()))
