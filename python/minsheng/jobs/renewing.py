"""A living master made to say what its document says now: facts are written where they stand, sheets whose rows come or go
are built anew and grafted in with what was reported, and everything shows one judgement again."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xlengines.graft import at_a_stretch

from ..sheets import layout
from ..sheets.graft import Graft, Grafts
from ..sheets.open_master import OpenMaster
from ..sheets.overview_grafts import overview_changes, shows_otherwise
from ..sheets.pages import Pages
from ..sheets.project_facts import fact_writes, fits
from ..sheets.project_graft import carried, own_colours
from ..sheets.project_sheet import ProjectSheet
from ..sheets.settings_writes import settings_writes
from ..sheets.writing import apply
from .judging import Shown, rejudged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import xlwings as xw

    from ..domain.document import TaskDocument
    from ..domain.project import Project
    from ..sheets.writing import Write

__all__ = ["built", "carry_projects", "rebuilt", "renew"]


def rebuilt(master: OpenMaster, wanted: TaskDocument) -> tuple[int, ...]:
    """The projects whose sheets stand and have to be built anew."""
    standing = {project.number: project for project in master.master.document.projects}
    return tuple(
        project.number
        for project in wanted.projects
        if project.number in standing
        and not _stays(master.projects[project.number], standing[project.number], project)
    )


def _stays(sheet: ProjectSheet, standing: Project, wanted: Project) -> bool:
    """Whether everything that changes has its place on the sheet; one of an older version has none for 已取消."""
    return fits(standing, wanted) and (
        standing.cancelled == wanted.cancelled or layout.STANDING in sheet.labels
    )


def renew(book: xw.Book, master: OpenMaster, wanted: TaskDocument, notes: Sequence[Write]) -> None:
    """Make the open ``master`` say ``wanted``, with ``notes`` (the log) in the same go: whole or not at all.

    What fails leaves the book as it was; CannotWrite, HostFailed, CannotSave (no room for a temporary file).
    """
    at_a_stretch(book, partial(_renew, book, master, wanted, notes))


def _renew(book: xw.Book, master: OpenMaster, wanted: TaskDocument, notes: Sequence[Write]) -> None:
    standing = {project.number: project for project in master.master.document.projects}
    numbers = {project.number for project in wanted.projects}
    anew = rebuilt(master, wanted)
    shown = Shown.by(master)
    writes = [*notes, *settings_writes(master, wanted)]
    for project in wanted.projects:
        if project.number in standing and project.number not in anew:
            writes += fact_writes(book, master.projects[project.number], standing[project.number], project)
    if anew or numbers != set(standing) or shows_otherwise(master.master.document, wanted):
        with built(book, wanted) as fresh:
            grafts = Grafts(book, fresh)
            try:
                _graft(grafts, master, wanted, anew)
                changes = overview_changes(grafts, master)
                grafts.name()
                carry_projects(grafts, master, anew)
                grafts.write(changes.own)
                master.apply(book, [*writes, *changes.writes])
            except BaseException:
                grafts.take_back()
                raise
            grafts.complete([master.projects[n].image.sheet for n in set(standing) - numbers])
    else:
        master.apply(book, writes)
    if any(shown):
        renewed = OpenMaster.read(book)
        renewed.apply(book, rejudged(renewed, renewed.master, renewed.needed_log(), shown))


def _graft(grafts: Grafts, master: OpenMaster, wanted: TaskDocument, anew: Sequence[int]) -> None:
    """The sheets of projects: new ones behind the one before."""
    behind = ""
    for project in wanted.projects:
        source = layout.project_sheet(project.number)
        if project.number in anew:
            tab = master.projects[project.number].image.sheet
            behind = grafts.put_in(Graft(source, replaced=tab))
        elif project.number in master.projects:
            behind = master.projects[project.number].image.sheet
        else:
            behind = grafts.put_in(Graft(source, behind=behind))


def carry_projects(grafts: Grafts, master: OpenMaster, anew: Sequence[int]) -> None:
    """What was reported, and what the clerk keeps beside it, onto the sheets that were built anew."""
    for number in anew:
        source = layout.project_sheet(number)
        image, tab = grafts.built.image(source), grafts.tabs[source]
        sheet = ProjectSheet.read(number, grafts.places, image, master.names)
        pages = Pages(grafts.book)
        apply(pages, carried(master.projects[number], sheet, tab), {tab: pages.image(tab)})
        own_colours(grafts.book, master.projects[number], sheet, tab)


@contextmanager
def built(book: xw.Book, document: TaskDocument) -> Iterator[xw.Book]:
    """A master of ``document`` alone, open beside ``book`` in its program."""
    from ..building.master import build_bytes

    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        path = Path(folder) / f"{book.app.pid or 0}-新版式.xlsx"
        path.write_bytes(build_bytes(document, ()))
        fresh = book.app.books.open(str(path))
        try:
            yield fresh
        finally:
            fresh.close()
