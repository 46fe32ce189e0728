"""Which engines the conformance suite runs on: file and libreoffice, or those named in MINSHENG_ENGINES (excel on Windows)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import xlwings as xw

import xlengines
from live_office import live_office

NAMED = tuple(name for name in os.environ.get("MINSHENG_ENGINES", "").split(",") if name)


@pytest.fixture(scope="session", params=NAMED or ("file", "libreoffice"))
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    """An app of each engine, ended at the end of the run."""
    if request.param == "libreoffice":
        with live_office() as started:
            yield started
        return
    engine = xlengines.file_engine() if request.param == "file" else xw.engines[request.param]
    started = engine.apps.add(add_book=False)
    try:
        yield started
    finally:
        started.quit()
