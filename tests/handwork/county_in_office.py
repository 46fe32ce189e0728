"""A small county's master with the reports of June, open in a live LibreOffice, and what every job makes of it: so that one on
which a clerk has worked can be compared with one that nobody touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from docx import Document

from incoming.form_files import filled
from jobs.clerk import fill_in
from jobs.small_master import cells_of
from minsheng.building import master as building
from minsheng.domain.as_json import judgement_json
from minsheng.domain.finding import Finding
from minsheng.domain.merging import MergePlan
from minsheng.domain.period import Period
from minsheng.errors import MinshengError
from minsheng.hosts import opened, working_on
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.exporting import export, show
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.notices import bulletin, remind
from minsheng.jobs.reading import read_for
from minsheng.jobs.replying import reply
from minsheng.jobs.undoing import undo
from minsheng.sheets.open_master import OpenMaster
from small_county import POLICE, county

__all__ = ["CHANGING", "JOBS", "READING", "Files", "Outcome", "half_year", "outcomes", "read_once"]

JUNE, JULY, AUGUST = Period(2024, 6), Period(2024, 7), Period(2024, 8)
DAY = date(2024, 7, 31)
#: Of townships, with a text node · measured, with a joint unit · a rate · with a second measure.
PROJECTS = (1, 2, 3, 5)
#: Period → sender → what it reports.
NUMBERS: dict[Period, dict[str, dict[tuple[str, str], float]]] = {
    JUNE: {
        "丹东": {("1", "丹东"): 180, ("2", "丹东"): 0.6, ("2", "丹东、石浦"): 0.3},
        "石浦": {("1", "石浦"): 320, ("2", "石浦"): 0.2},
        POLICE: {("5", POLICE): 6100, ("5-2", POLICE): 61},
    },
    JULY: {"石浦": {("1", "石浦"): 350, ("2", "石浦"): 0.4}},
}


@dataclass(frozen=True)
class Files:
    """The master as it was saved, and the inbox with 石浦's form of July."""

    master: Path
    inbox: Path


def half_year(folder: Path) -> Files:
    """May typed by hand, June by 汇总, judged and printed at the end of July."""
    document = county().document
    projects = tuple(project for project in document.projects if project.number in PROJECTS)
    path = folder / "总表.xlsx"
    path.write_bytes(building.build_bytes(replace(document, projects=projects), ()))
    with opened("file", path, change=True) as book:
        for cell, number in (("G8", 150), ("G9", 210)):
            book.sheets["01"].range(cell).value = number
    for period, senders in NUMBERS.items():
        inbox = folder / f"收{period}"
        inbox.mkdir()
        with opened("file", path, change=True) as book:
            dispatch(book, period, folder / f"发{period}")
            for unit, values in senders.items():
                form = next((folder / f"发{period}").glob(f"{unit}_*.xlsx"))
                form = form.rename(inbox / form.name)
                fill_in(form, values)
                words = {next(iter(values)): f"{unit}：已进场施工"}
                form.write_bytes(filled(words, unit, data=form.read_bytes(), column="进展说明"))
            if period == JUNE:
                merge(book, inbox, period)
                for job in (check, colour, summarise):
                    job(book, DAY)
    return Files(path, inbox)


@dataclass(frozen=True)
class Outcome:
    """What a job gave; or the sentence by which it refused."""

    gave: Any = None
    refused: str = ""


@contextmanager
def read_once(patched: pytest.MonkeyPatch) -> Iterator[None]:
    """A master that has not changed since it was read is not read again: the program says of every change that there was
    one. To read it is most of the time of most jobs."""
    standing = OpenMaster.read
    last: list[OpenMaster] = []

    def read(book: xw.Book) -> OpenMaster:
        if book.api.isModified() or not last:
            last[:] = [standing(book)]
            _forget_changes(book)
        found = last[0]
        return replace(found, findings=[*found.findings], gaps=[*found.gaps])

    with patched.context() as within:
        within.setattr(OpenMaster, "read", read)
        yield


def _forget_changes(book: xw.Book) -> None:
    """Let the program note changes anew; it asks its charts too."""
    for sheet in book.api.Sheets:
        for chart in sheet.Charts:
            chart.EmbeddedObject.setModified(False)
    book.api.setModified(False)


def outcomes(book: xw.Book, files: Files, folder: Path, wanted: Collection[str]) -> dict[str, Outcome]:
    """The ``wanted`` of JOBS in their order. One that refuses has made no file and changed nothing in the open master."""
    return {name: _tried(book, name, JOBS[name], files, folder) for name in JOBS if name in wanted}


def _tried(
    book: xw.Book, name: str, job: Callable[[xw.Book, Files, Path], Any], files: Files, folder: Path
) -> Outcome:
    read_for(book)  # from here on the program notes what is changed
    made = folder / name
    try:
        with working_on(book):
            gave = job(book, files, made)
        return Outcome(gave() if callable(gave) else gave)
    except MinshengError as failure:
        refusal = failure
    assert refusal.exit_code == 3
    assert not book.api.isModified(), f"{name} refused: {refusal}"
    assert not made.exists() or not any(made.rglob("*")), name
    return Outcome(refused=str(refusal))


def _model(book: xw.Book, files: Files, made: Path) -> Any:
    found = show(book)
    return _in_any_order({key: found[key] for key in ("year", "units", "projects")})


def _said(book: xw.Book, files: Files, made: Path) -> Any:
    """What is to be said of the sheets themselves: in little more time than to read them."""
    return sorted(finding["code"] for finding in show(book)["findings"])


def _exported(book: xw.Book, files: Files, made: Path) -> Any:
    made.mkdir()
    export(book, made / "表.csv", DAY)
    return sorted((made / "表.csv").read_text("utf-8-sig").splitlines())


def _written(book: xw.Book, files: Files, made: Path) -> Any:
    made.mkdir()
    bulletin(book, JUNE, made / "通报.docx")
    document = Document(str(made / "通报.docx"))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line.text for line in document.paragraphs] + tables


def _sent_out(book: xw.Book, files: Files, made: Path) -> Any:
    dispatch(book, AUGUST, made)
    return {path.name: cells_of(path)["填报"] for path in sorted(made.iterdir())}


def _reminded(book: xw.Book, files: Files, made: Path) -> Any:
    return remind(book, JUNE, made).message


def _replied(book: xw.Book, files: Files, made: Path) -> Any:
    reply(book, JUNE, made)
    return {path.name: path.read_text("utf-8-sig") for path in sorted(made.glob("*.txt"))}


def _coloured(book: xw.Book, files: Files, made: Path) -> Any:
    return _in_any_order(judgement_json(colour(book, DAY)))


def _checked(book: xw.Book, files: Files, made: Path) -> Any:
    return _in_any_order([_told(finding) for finding in check(book, DAY).findings])


def _told(finding: Finding) -> tuple[Any, ...]:
    return (finding.code, finding.project or 0, finding.unit or "", finding.month or 0, finding.message)


def _printed(book: xw.Book, files: Files, made: Path) -> Any:
    summarise(book, DAY)
    return lambda: shown(book)  # when the job is over and the program has calculated


def _merged(book: xw.Book, files: Files, made: Path) -> Any:
    plan: MergePlan = merge(book, files.inbox, JULY).plan
    changes = sorted(str(change) for change in plan.changes)
    return (
        changes,
        sorted(file.reason for file in plan.rejected),
        sorted(plan.missing),
        _model(book, files, made),
    )


def _taken_back(book: xw.Book, files: Files, made: Path) -> Any:
    return sorted(str(change) for change in undo(book).restored), _model(book, files, made)


#: Name → the job and what it gives, in the order in which a month has them; 撤销 takes back the 汇总 before it.
JOBS: Mapping[str, Callable[[xw.Book, Files, Path], Any]] = {
    "show": _model, "said": _said, "export": _exported, "bulletin": _written, "dispatch": _sent_out, "remind": _reminded,
    "reply": _replied, "colour": _coloured, "check": _checked, "summary": _printed, "merge": _merged, "undo": _taken_back,
}  # fmt: skip
CHANGING = ("colour", "summary", "merge", "undo")
READING = ("show", "export", "bulletin", "dispatch", "remind", "reply")


def shown(book: xw.Book) -> dict[Any, list[str]]:
    """What the program computes and shows: of each unit its latest number, rate and status, of each project its line of
    汇总表."""
    master = read_for(book)
    found: dict[Any, list[str]] = {}
    for number, sheet in master.projects.items():
        for measure, table in sheet.tables.items():
            for unit, row in table.rows.items():
                labels = ("最新累计", "完成率", "状态")[: 3 if measure == 1 else 2]
                found[number, measure, unit] = [
                    sheet.image.text(row, table.columns[label]) for label in labels if label in table.columns
                ]
    summary = master.tables.get("汇总表")
    for line in summary.rows() if summary else ():
        found[line["序号"]] = list(line.values())
    return found


def _in_any_order(said: Any) -> Any:
    """Lists of objects or rows sorted: a clerk's sorting of units is the order in which they are told."""
    if isinstance(said, Mapping):
        return {key: _in_any_order(value) for key, value in said.items()}
    if isinstance(said, list) and said and isinstance(said[0], dict | tuple):
        return sorted(map(_in_any_order, said), key=repr)
    return said
