"""Which engines the conformance suite runs on: file and libreoffice, or those named in MINSHENG_ENGINES (excel on Windows)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import xlwings as xw

from minsheng import engines
from minsheng.engines.errors import EngineError

NAMED = tuple(name for name in os.environ.get("MINSHENG_ENGINES", "").split(",") if name)


@pytest.fixture(scope="session", params=NAMED or ("file", "libreoffice"))
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    """An app of each engine, ended at the end of the run."""
    if request.param == "file":
        started = engines.file_engine().apps.add(add_book=False)
    elif request.param == "libreoffice":
        try:
            started = engines.libreoffice_engine().apps.add(add_book=False)
        except EngineError as failure:
            pytest.skip(f"no LibreOffice to drive: {failure}")
    else:
        started = xw.engines[request.param].apps.add(add_book=False)
    try:
        yield started
    finally:
        started.quit()
