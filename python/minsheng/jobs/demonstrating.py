"""demo: the whole year's path on the packaged document, with submissions made up by a fixed seed.

The units' clerks are played through the plain-file engine, which fills in the very files that 生成填报表 wrote; a few of
them make the mistakes that clerks make.
"""

from __future__ import annotations

import os
import random
import tempfile
from contextlib import contextmanager, suppress
from datetime import datetime, time
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.duties import recipients, report_duties
from ..domain.form_file import form_names
from ..domain.home import last_day_on_time
from ..domain.month_phrase import read_month_phrase
from ..domain.period import Period
from ..domain.quantity import PERCENT
from ..errors import CannotSave, UsageError, reason_of
from ..hosts import opened
from ..sheets import layout
from ..sheets.image import SheetImage
from .checking import check
from .dispatching import dispatch
from .importing import import_document, sample_document
from .judging import colour, summarise
from .merging import merge
from .noting import note
from .replying import reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..domain.duties import ReportDuty
    from ..domain.master import Master
    from ..domain.merging import MergePlan
    from . import Progress

__all__ = ["demonstrate"]

_MASTER, _INBOX, _REPLIES = "民生实事总表.xlsx", "收件夹", "反馈"
#: Stands in the folder and names what the demonstration made there, a path a line.
_LIST = ".民生实事示例"
_ELSEWHERE = "请换一个新的文件夹（-o）。"

_SEED = 2024
_LAST_MONTH = 6
#: Days of the month after on which a month's forms are merged: in time, and once more for those that come late.
_FIRST_MERGE, _SECOND_MERGE = 4, 9
#: How a made-up unit keeps to its plan: most do, a few run behind.
_PACES = (Decimal("1.05"), Decimal(1), Decimal(1), Decimal(1), Decimal("0.8"))


def demonstrate(folder: Path, tell: Progress) -> Path:
    """Walk the path into ``folder``, and ``tell`` a line for each step; the master that is made.

    The folder is new or empty, or holds nothing but what an earlier demonstration made, which is replaced: else
    UsageError. It is all made aside, so that whatever fails leaves ``folder`` as it was.
    """
    before = _made_before(folder)
    with _aside(folder) as made:
        _walk(made, tell)
        files = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
        # First the list: whatever ends this from here on, the next one knows its own.
        _write_list(folder, {*before, *files})
        for path in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).replace(folder / path)
        for path in before - {*files}:
            (folder / path).unlink(missing_ok=True)
        _write_list(folder, {*files})
    return folder / _MASTER


def _made_before(folder: Path) -> set[Path]:
    """The files in ``folder`` that an earlier demonstration made. UsageError where there is anything else."""
    if not os.path.lexists(folder):
        return set()
    try:
        list_file = folder / _LIST
        listed = list_file.read_text(encoding="utf-8").splitlines() if list_file.is_file() else []
        standing = {path.relative_to(folder) for path in _files(folder)} - {Path(_LIST)}
    except (OSError, ValueError) as failure:
        raise UsageError(f"“{folder}”不能用来放示例。", _ELSEWHERE) from failure
    others = sorted(standing - {Path(line) for line in listed})
    if others:
        raise UsageError(f"“{folder}”里有不是示例的文件，例如“{others[0]}”，什么也没有动。", _ELSEWHERE)
    return standing


def _files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder; a link to one is not followed. OSError."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _write_list(folder: Path, files: set[Path]) -> None:
    (folder / _LIST).write_text("".join(f"{path.as_posix()}\n" for path in sorted(files)), encoding="utf-8")


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder for the work within ``folder``; both go again where the work fails, the outer one if it was made here."""
    outer = [level for level in (folder, *folder.parents) if not level.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".minsheng-") as aside:
            yield Path(aside)
    except BaseException as failure:
        for level in outer:
            with suppress(OSError):
                level.rmdir()
        if isinstance(failure, OSError):
            raise CannotSave(
                f"示例写不进“{folder}”（{reason_of(failure)}）。",
                "请检查磁盘空间和权限，或换一个文件夹（-o）。",
            ) from failure
        raise


def _walk(folder: Path, tell: Progress) -> None:
    """The year's path, into a new folder."""
    from .reading import read_for

    master_file = folder / _MASTER
    done = import_document(sample_document(), master_file)
    tell(
        f"导入任务书：{done.document.year}年，{len(done.document.projects)}个项目，{len(done.findings)}处读法待核对。"
    )
    chance = random.Random(_SEED)
    for month in range(1, _LAST_MONTH + 1):
        period = Period(done.document.year, month)
        inbox = folder / _INBOX / str(period)
        with opened("file", master_file, change=True) as book:
            made = dispatch(book, period, inbox)
            note(book, made.unnoted, at=datetime.combine(period.last_day, time(9)))
            _play_clerks(read_for(book).master, period, inbox, chance)
            with _held_back(inbox, month):
                first = merge(book, inbox, period, at=_on_day(period, _FIRST_MERGE)).plan
            plan = merge(book, inbox, period, at=_on_day(period, _SECOND_MERGE)).plan
        tell(_merged_line(plan, len(first.numbers) + len(plan.numbers)))
    with opened("file", master_file, change=True) as book:
        findings = check(book).findings
        judgement = colour(book)
        summarise(book)
        replies = reply(book, Period(done.document.year, _LAST_MONTH), folder / _REPLIES)
    tell(
        f"校验：{sum(finding.severity == 'error' for finding in findings)}个错误，共{len(findings)}条，见“校验结果”。"
    )
    late = sum(project.status == "逾期" for project in judgement.projects)
    tell(f"逾期着色与汇总表：截至{judgement.as_of}，逾期项目{late}个。")
    tell(f"反馈：{len(replies.replies.replies)}家的反馈单，在“{_REPLIES}”里。")


def _on_day(period: Period, day: int) -> datetime:
    """Nine in the morning of a day of the month after."""
    return datetime.combine(last_day_on_time(period, day), time(9))


@contextmanager
def _held_back(inbox: Path, month: int) -> Iterator[None]:
    """Inside the block two files have not come yet: they are late this month."""
    files = sorted(inbox.glob("*.xlsx"))
    late = [files[(month * 7) % len(files)], files[(month * 5 + 3) % len(files)]]
    aside = inbox.with_name(f"{inbox.name}迟到")
    aside.mkdir()
    for file in {*late}:
        file.rename(aside / file.name)
    yield
    for file in aside.iterdir():
        file.rename(inbox / file.name)
    aside.rmdir()


def _merged_line(plan: MergePlan, changes: int) -> str:
    return (
        f"{plan.period.label}：生成填报表、填报、汇总{len(plan.merged)}份，缺{len(plan.missing)}份，"
        f"拒收{len(plan.rejected)}份，改动{changes}个数，发现{len(plan.findings)}个问题。"
    )


def _play_clerks(master: Master, period: Period, inbox: Path, chance: random.Random) -> None:
    """Every unit fills in its file; one forgets to send it, one writes 约 before a number."""
    units = recipients(master)
    names = form_names(units, period)
    forgetful, vague = chance.sample(range(len(units)), 2)
    for index, unit in enumerate(units):
        path = inbox / names[unit.name]
        if index == forgetful:
            path.unlink()
            continue
        duties = {(duty.label, duty.unit): duty for duty in report_duties(master, unit)}
        with opened("file", path, change=True) as book:
            _fill(book, duties, period.month, chance, vague=index == vague)
            _tick(book, period.month)


def _fill(
    book: xw.Book,
    duties: dict[tuple[str, str], ReportDuty],
    month: int,
    chance: random.Random,
    *,
    vague: bool,
) -> None:
    """Type a month's numbers into 本月累计, as a clerk of the unit would."""
    sheet = book.sheets[layout.SUBMISSION_SHEET]
    image = SheetImage.read(sheet)
    header = next(
        row for row in range(image.top, image.bottom + 1) if "本月累计" in image.values[row - image.top]
    )
    columns = {image.text(header, column): column for column in range(image.left, image.right + 1)}
    for row in range(header + 1, image.bottom + 1):
        duty = duties.get((image.text(row, columns["序号"]), image.text(row, columns["承担单位"])))
        if duty is None:
            continue
        number = _made_up(duty, month, chance)
        cell = sheet.range((row, columns["本月累计"]))
        cell.value = f"约{number}" if vague else float(number)
        vague = False
        if number == 0:
            sheet.range((row, columns["进展说明"])).value = "正在做前期准备"


def _tick(book: xw.Book, month: int) -> None:
    """Tick the nodes that are due by the end of ``month``, where the unit has any."""
    if layout.SUBMISSION_NODE_SHEET not in [sheet.name for sheet in book.sheets]:
        return
    sheet = book.sheets[layout.SUBMISSION_NODE_SHEET]
    image = SheetImage.read(sheet)
    header = next(
        row for row in range(image.top, image.bottom + 1) if "完成情况" in image.values[row - image.top]
    )
    columns = {image.text(header, column): column for column in range(image.left, image.right + 1)}
    for row in range(header + 1, image.bottom + 1):
        months = read_month_phrase(image.text(row, columns["节点时间"]))
        if months is not None and months[1] <= month:
            sheet.range((row, columns["完成情况"])).value = "已完成"


def _made_up(duty: ReportDuty, month: int, chance: random.Random) -> Decimal:
    """A cumulative number near the plan of the month, never falling because the plan does not and the pace is the unit's."""
    if duty.measured_in == PERCENT:
        return min(Decimal(100), duty.share + chance.randint(0, 5))
    project = duty.project
    plans = [
        node.cumulative
        for index, node in enumerate(project.milestones)
        if node.last_month <= month and project.is_numeric(index) and node.cumulative is not None
    ]
    if not plans or project.target is None:
        return Decimal(0)
    pace = _PACES[sum(map(ord, f"{project.number}{duty.unit}")) % len(_PACES)]
    planned = duty.share * max(plans) / project.target.value * pace
    step, rounding = (Decimal(1), ROUND_UP) if duty.is_counted else (Decimal("0.01"), ROUND_DOWN)
    number = planned.quantize(step, rounding)
    return min(number, duty.share)
