"""What many tests share: the 2024 document, a master built from it, and the programs that live tests drive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from minsheng.building import master as building
from minsheng.incoming import task_document
from minsheng.jobs.importing import sample_document
from needed import missing, needed_program

settings.register_profile(
    "house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def reading() -> task_document.Reading:
    """The packaged 2024 document, read once."""
    return task_document.read(sample_document())


@pytest.fixture(scope="session")
def master_bytes(reading: task_document.Reading) -> bytes:
    return building.build_bytes(reading.document, reading.findings)


@pytest.fixture
def master_file(master_bytes: bytes, tmp_path: Path) -> Path:
    """A fresh master of 2024 in a folder of its own."""
    path = tmp_path / "民生实事总表.xlsx"
    path.write_bytes(master_bytes)
    return path


@pytest.fixture(scope="session")
def validator() -> str:
    """The Open XML validator's command."""
    named = os.environ.get("OOXML_VALIDATOR")
    local = ROOT / "node_modules" / ".bin" / "ooxml-validator"
    if named:
        return named
    if local.exists():
        return str(local)
    return missing("the Open XML validator is not installed (make validator)")


@pytest.fixture(scope="session")
def soffice() -> str:
    return needed_program("soffice", "libreoffice")
