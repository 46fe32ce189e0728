"""The copy of a master that a repair keeps beside it, and the way back: sheet by sheet, as long as nobody has worked on a sheet
since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xlengines.graft import at_a_stretch

from ..errors import MasterDamaged
from ..outputs import write_new
from ..sheets import layout
from ..sheets.graft import Graft, Grafts, areas_on
from ..sheets.image import is_formula
from ..sheets.log_entries import Repaired, Undone
from ..sheets.log_sheet import appended
from ..sheets.pages import Pages
from ..sheets.places import PROJECT_PLACE, Area, Places
from ..sheets.writing import apply
from .merging import logged, now_and_who

if TYPE_CHECKING:
    from datetime import datetime

    import xlwings as xw

    from ..sheets.image import SheetImage
    from ..sheets.log_entries import LogEntry
    from ..sheets.open_master import OpenMaster

__all__ = ["KEPT", "RepairedSheet", "digests", "keep", "left_as", "take_back_repair"]

#: In the name of every such copy, behind that of its master.
KEPT: Final = "_修复前_"
_MARKS: Final = frozenset({layout.UNIT_MARKS, layout.NODE_MARKS, layout.PROJECT_MARKS})
#: What jobs fill in to show a judgement: lists whole, and columns of 汇总表.
_SHOWN: Final = frozenset(layout.TABLES) - {
    layout.NAME_SUMMARY,
    layout.NAME_DETAILS,
    layout.NAME_READINGS,
    layout.NAME_LOG,
}
_QUOTE: Final = "'"
_JUDGED_COLUMNS: Final = ("状态", layout.LIGHT, "滞后单位")


@dataclass(frozen=True, slots=True)
class RepairedSheet:
    """A sheet that a repair has changed or made, and how it stands ``now``."""

    tab: str
    now: str

    def __str__(self) -> str:
        """One line: 工作表“01”：修复前."""
        return f"工作表“{self.tab}”：{self.now}"


@contextmanager
def keep(book: xw.Book, at: datetime) -> Iterator[tuple[str, str]]:
    """The name and the SHA-256 of a copy of the file, put beside it while a repair goes on, and taken away where that fails.
    Empty for a book in a program, which is the clerk's to save or not. CannotSave."""
    if book.app.engine.name != "file":
        yield "", ""
        return
    path = Path(book.fullname)
    content = path.read_bytes()
    stem = f"{path.stem}{KEPT}{at:%Y%m%d_%H%M%S}"
    names = (path.with_name(f"{stem}{f'_{n}' if n > 1 else ''}{path.suffix}") for n in count(1))
    copy = next(name for name in names if not name.exists())  # two repairs within a second
    write_new(copy, content)
    try:
        yield copy.name, hashlib.sha256(content).hexdigest()
    except BaseException:
        with suppress(OSError):
            copy.unlink()
        raise


def digests(book: xw.Book) -> dict[str, str]:
    """Tab → SHA-256 of its cells and of the names that point to it, without what jobs fill in to show a judgement."""
    pages = Pages(book)
    names: dict[str, list[tuple[str, Area]]] = {tab: [] for tab in pages.tabs()}
    for name, area in areas_on(Places.of(pages), names):
        names[area.sheet].append((name, area))
    return {tab: _digest(pages.image(tab), own) for tab, own in names.items()}


def _digest(image: SheetImage, names: Sequence[tuple[str, Area]]) -> str:
    passed = [area for name, area in names for area in _judged(image, name, area)]
    lines = [f"{name}={area.a1}" for name, area in sorted(names)]
    for row in range(image.top, image.bottom + 1):
        for column in range(image.left, image.right + 1):
            text = image.formula(row, column)
            if text and not any(
                area.top < row <= area.bottom and area.left <= column <= area.right for area in passed
            ):
                # Whether a title stands in quotes is the program's own choice.
                lines.append(f"{row},{column}:{text.replace(_QUOTE, '') if is_formula(text) else text}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _judged(image: SheetImage, name: str, area: Area) -> Iterator[Area]:
    """The parts of a named area, below its first row, in which jobs show a judgement."""
    bottom = image.bottom if name in layout.GROWING else area.bottom
    place = PROJECT_PLACE.fullmatch(name)
    if name in _SHOWN or (place is not None and place[2] in _MARKS):
        yield Area(area.sheet, area.top, area.left, bottom, area.right)
    elif name == layout.NAME_JUDGED:
        yield Area(area.sheet, area.top - 1, area.left, area.bottom, area.right)
    elif name == layout.NAME_SUMMARY:
        columns = image.block(area).columns()
        for label in _JUDGED_COLUMNS:
            if label in columns:
                yield Area(area.sheet, area.top, columns[label], bottom, columns[label])


def left_as(book: xw.Book, before: Mapping[str, str], log: str, file: str) -> list[Repaired]:
    """How a repair has left every sheet that it changed or made; not the tab ``log``, on which this is to be written."""
    return [
        Repaired("", tab, file, digest)
        for tab, digest in digests(book).items()
        if tab != log and before.get(tab) != digest
    ]


def take_back_repair(
    book: xw.Book, master: OpenMaster, entries: Sequence[LogEntry]
) -> tuple[list[RepairedSheet], list[RepairedSheet]]:
    """Undo the repair that these ``entries`` are about: the sheets that are as before it again, and those that stay because
    somebody has worked on them since.

    MasterDamaged where its copy is not beside the master, or is another file by now.
    """
    done = [entry.what for entry in entries if isinstance(entry.what, Repaired)]
    copy = _copy_of(book, done)
    now = digests(book)
    left = {each.sheet: each.sha256 for each in done if each.sheet}
    back = [tab for tab, digest in left.items() if now.get(tab) == digest]
    kept = book.app.books.open(str(copy))
    try:
        at_a_stretch(book, partial(_put_back, book, kept, back))
    finally:
        kept.close()
    log = master.needed_log()
    rows = logged(log, entries[0].period, now_and_who(), [Undone(entries[0].batch)])
    apply(Pages(book), appended(master, rows), master.images)
    return (
        [RepairedSheet(tab, "修复前") for tab in back],
        [RepairedSheet(tab, "修复后又改过的样子") for tab in left if tab not in back],
    )


def _copy_of(book: xw.Book, done: Sequence[Repaired]) -> Path:
    [file] = {each.file for each in done}
    [digest] = {each.sha256 for each in done if not each.sheet}
    copy = Path(book.fullname).with_name(file)
    try:
        is_it = hashlib.sha256(copy.read_bytes()).hexdigest() == digest
    except OSError:
        raise MasterDamaged(
            f"没有撤销：总表旁边找不到修复前留的“{file}”。", "请把它放回总表所在的文件夹，再撤销。"
        ) from None
    if not is_it:
        raise MasterDamaged(
            f"没有撤销：修复前留的“{file}”后来改过，不能照它退回。", "请打开它，和总表对照着改。"
        )
    return copy


def _put_back(book: xw.Book, kept: xw.Book, tabs: Sequence[str]) -> None:
    """The sheets ``tabs`` of ``book`` as they stand in ``kept``, with their names; those that it has not, go."""
    standing = {sheet.name for sheet in kept.sheets}
    named = {label: name.refers_to for label, name in kept.names.impl.snapshot() if "!" not in label}
    made = [name for name, _ in areas_on(Places.of(Pages(book)), tabs) if name not in named]
    grafts = Grafts(book, kept)
    try:
        for tab in tabs:
            if tab in standing:
                grafts.put_in(Graft(tab, replaced=tab))
        grafts.name()
    except BaseException:
        grafts.take_back()
        raise
    for name in made:
        book.names[name].delete()
    grafts.complete([tab for tab in tabs if tab not in standing])
    for label, refers_to in named.items():
        if label not in book.names and "#REF!" in refers_to:
            book.names.add(label, refers_to)
