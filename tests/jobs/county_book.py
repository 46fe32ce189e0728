"""The small county as a master on disk, for tests of jobs that would be slow on all of 2024."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from minsheng.building import master as building
from minsheng.domain.master import Master
from minsheng.hosts import opened
from small_county import county

__all__ = ["county_file", "typed"]


def county_file(path: Path, master: Master | None = None) -> Path:
    """A fresh master of ``master`` (else of the small county) at ``path``."""
    path.write_bytes(_county() if master is None else building.build_bytes(master.document, ()))
    return path


@cache
def _county() -> bytes:
    return building.build_bytes(county().document, ())


def typed(path: Path, **cells: Any) -> None:
    """Type values into cells by hand: ``typed(path, **{"01!C8": 120})``."""
    with opened("file", path, change=True) as book:
        for place, value in cells.items():
            sheet, cell = place.rsplit("!", 1)
            book.sheets[sheet].range(cell).value = value
