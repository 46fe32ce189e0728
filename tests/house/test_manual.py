"""The clerk's manual: nothing it points to is missing, and no button goes unmentioned."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from minsheng.tab import BUTTONS

DOCS = Path(__file__).parents[2] / "docs"
CHAPTERS = sorted((DOCS / "手册").glob("*.md"))
_LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.mark.parametrize("page", [DOCS / "手册.md", *CHAPTERS], ids=lambda page: page.stem)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    targets = [unquote(target) for target in _LINK.findall(page.read_text(encoding="utf-8"))]
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing


def test_every_chapter_is_found_from_the_index() -> None:
    index = (DOCS / "手册.md").read_text(encoding="utf-8")
    assert not [chapter.name for chapter in CHAPTERS if f"(手册/{chapter.name})" not in index]


def test_every_button_is_explained() -> None:
    words = "".join(page.read_text(encoding="utf-8") for page in [DOCS / "手册.md", *CHAPTERS])
    assert not [button.label for button in BUTTONS if button.label not in words]


def test_no_picture_is_left_over() -> None:
    words = "".join(
        page.read_text(encoding="utf-8") for page in (DOCS.parent / "README.md", DOCS / "手册.md", *CHAPTERS)
    )
    assert not [picture.name for picture in (DOCS / "pictures").iterdir() if picture.name not in words]
