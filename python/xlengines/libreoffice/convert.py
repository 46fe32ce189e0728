"""Saved workbooks as PDF and old text documents as .docx, through a LibreOffice that is started for it and ended again. No
UNO, so any Python will do.

All formulas are computed anew while loading: an outdated cached value never reaches paper.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import BookNotFound, HostGone, NotAWorkbook, ReadOnlyFile
from .loading import look_at
from .process import OfficeProcess

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["to_docx", "to_pdf", "to_pdfs"]

_START_SECONDS = 60.0
_SECONDS_A_FILE = 15.0


def to_pdf(source: Path, target: Path, *, seconds: float = _START_SECONDS + _SECONDS_A_FILE) -> Path:
    """Print the visible sheets of one workbook into ``target``, which is replaced in one step.

    Raises HostMissing (no LibreOffice here), BookNotFound, NotAWorkbook, PasswordNeeded, ReadOnlyFile, and HostGone where it
    takes longer than ``seconds``.
    """
    with tempfile.TemporaryDirectory(prefix="xlwings-pdf-") as folder:
        made = to_pdfs([source], Path(folder), seconds=seconds)[0]
        _moved(made, target)
    return target


def to_pdfs(sources: Sequence[Path], out_dir: Path, *, seconds: float | None = None) -> list[Path]:
    """Print several workbooks into a folder with one start; the PDFs in the order of ``sources``.

    A PDF bears the name of its workbook, with `` (2)`` added for a second one of the same name. The sources are not
    touched: copies are printed, since LibreOffice would put a lock file beside what it opens.
    """
    for source in sources:
        if not source.is_file():
            raise BookNotFound("no-such-file", path=str(source))
        look_at(source, password=None)
    limit = _START_SECONDS + _SECONDS_A_FILE * len(sources) if seconds is None else seconds
    _prepared(out_dir)
    made: dict[int, Path] = {}
    with tempfile.TemporaryDirectory(prefix="xlwings-pdf-") as folder:
        for number, batch in enumerate(_batches(sources)):
            printed = _printed(batch, Path(folder) / str(number), limit)
            for index, pdf in printed.items():
                addition = f" ({number + 1})" if number else ""
                made[index] = _moved(pdf, out_dir / f"{sources[index].stem}{addition}.pdf")
    return [made[index] for index in range(len(sources))]


def to_docx(source: Path, target: Path, *, seconds: float = _START_SECONDS + _SECONDS_A_FILE) -> Path:
    """Write an old text document (.doc, .wps, .rtf) as .docx into ``target``, which is replaced in one step.

    No macro of it runs and no link is followed. HostMissing, BookNotFound, NotAWorkbook, ReadOnlyFile; HostGone where it takes
    longer than ``seconds``.
    """
    if not source.is_file():
        raise BookNotFound("no-such-file", path=str(source))
    with tempfile.TemporaryDirectory(prefix="xlwings-docx-") as folder:
        # By its name a .wps would be taken for a file of another program.
        name = source.with_suffix(".doc").name if source.suffix.lower() == ".wps" else source.name
        copy = Path(shutil.copyfile(source, Path(folder) / name))
        if not _convert("docx:MS Word 2007 XML", Path(folder) / "out", [copy], seconds):
            raise HostGone("convert-timeout", seconds=round(seconds))
        made = Path(folder) / "out" / f"{source.stem}.docx"
        if not made.is_file():
            raise NotAWorkbook("convert-failed", path=str(source))
        return _moved(made, target)


def _batches(sources: Sequence[Path]) -> list[dict[int, Path]]:
    """Indices and files, so that no two of a batch would get the same name."""
    batches: list[dict[int, Path]] = []
    used: list[set[str]] = []
    for index, source in enumerate(sources):
        stem = source.stem.casefold()
        place = next((number for number, stems in enumerate(used) if stem not in stems), len(batches))
        if place == len(batches):
            batches.append({})
            used.append(set())
        batches[place][index] = source
        used[place].add(stem)
    return batches


def _printed(batch: dict[int, Path], folder: Path, seconds: float) -> dict[int, Path]:
    copies: list[Path] = []
    for index, source in batch.items():
        place = folder / str(index)
        place.mkdir(parents=True)
        copies.append(Path(shutil.copyfile(source, place / source.name)))
    if not _convert("pdf:calc_pdf_Export", folder, copies, seconds):
        raise HostGone("print-timeout", seconds=round(seconds))
    made = {index: folder / f"{source.stem}.pdf" for index, source in batch.items()}
    for index, pdf in made.items():
        if not pdf.is_file():
            source = batch[index]
            raise NotAWorkbook("print-failed", path=str(source))
    return made


def _convert(form: str, folder: Path, sources: Sequence[Path], seconds: float) -> bool:
    """Whether LibreOffice ended in time."""
    process = OfficeProcess(["--convert-to", form, "--outdir", str(folder), *map(str, sources)])
    try:
        return process.wait(seconds)
    finally:
        process.end()


def _prepared(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise ReadOnlyFile("folder-closed", path=str(folder)) from failure


def _moved(pdf: Path, target: Path) -> Path:
    """Put a finished PDF in its place in one step, from whatever disk."""
    beside = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(pdf, beside)
        beside.replace(target)
    except OSError as failure:
        beside.unlink(missing_ok=True)
        raise ReadOnlyFile("target-closed", path=str(target)) from failure
    return target
