"""A LibreOffice for tests that need a live one; where there is none they are skipped, or fail in CI."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw

import xlengines
from needed import missing
from xlengines.errors import HostMissing

__all__ = ["live_office"]


@contextmanager
def live_office(*, visible: bool = False) -> Iterator[xw.App]:
    """An app of the engine "libreoffice" that ends with the block, however the block ends."""
    try:
        app = xlengines.libreoffice_engine().apps.add(add_book=False, visible=visible)
    except HostMissing as failure:
        missing(f"no LibreOffice to drive: {failure}")
    try:
        yield app
    finally:
        app.quit()
