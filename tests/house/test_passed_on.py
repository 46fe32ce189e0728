"""A button's book, dialogs and progress are passed to it: nothing is fetched from the surroundings, nothing is faked."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGES = Path(__file__).parents[2] / "python"


def users_of(name: str) -> set[str]:
    """The modules in which a name or an attribute is so called."""
    found = set()
    for path in PACKAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = {getattr(node, "attr", None), getattr(node, "id", None), getattr(node, "name", None)}
            if name in called:
                found.add(path.relative_to(PACKAGES).as_posix())
    return found


def test_excel_is_asked_for_the_calling_book_in_one_place() -> None:
    assert users_of("caller") == {"minsheng/click.py"}


def test_no_book_is_faked_and_nothing_travels_unseen() -> None:
    for name in ("set_mock_caller", "_mock_caller", "ContextVar"):
        assert not users_of(name), name
