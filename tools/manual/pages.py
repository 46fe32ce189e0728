"""Printed pages as pictures."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["picture", "side_by_side", "taken"]

_DOTS = 96
_COLOURS = 64  # a page of a manual needs no more, and is a quarter of the size


def taken(pdf: Path, words: Sequence[str], target: Path) -> None:
    """The first page on which all the ``words`` stand, without its white margins. LookupError."""
    picture(_page(pdf, _number(pdf, words), target), target)


def side_by_side(pdf: Path, pages: int, target: Path) -> None:
    """The first so many pages in a row."""
    made = [_page(pdf, number, target.with_name(f"{target.stem}-{number}")) for number in range(1, pages + 1)]
    row = target.with_name(f"{target.stem}-row.png")
    subprocess.run(
        ["convert", *map(str, made), "-bordercolor", "#B0B0B0", "-border", "2", "+append", str(row)],
        check=True,
    )
    picture(row, target)


def picture(source: Path, target: Path) -> None:
    """A picture as the manual keeps it: no empty margin, few colours, no date in the file."""
    subprocess.run(
        [
            *("convert", str(source), "-trim", "+repage", "-bordercolor", "white", "-border", "16"),
            *("-colors", str(_COLOURS), "-strip", f"PNG8:{target}"),
        ],
        check=True,
    )


def _number(pdf: Path, words: Sequence[str]) -> int:
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    for number, page in enumerate(told.stdout.split("\f"), start=1):
        text = "".join(page.split())
        if all("".join(each.split()) in text for each in words):
            return number
    raise LookupError(f"no page of {pdf.name} has {words}")


def _page(pdf: Path, number: int, target: Path) -> Path:
    stem = target.with_suffix("")
    subprocess.run(
        [
            *("pdftoppm", "-png", "-singlefile", "-r", str(_DOTS)),
            *("-f", str(number), "-l", str(number), str(pdf), f"{stem}-page"),
        ],
        check=True,
    )
    return stem.with_name(f"{stem.name}-page.png")
