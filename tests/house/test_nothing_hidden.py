"""A green CI has run everything: what a test misses makes it fail there instead of being passed over."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from needed import missing, needed_program

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize(("value", "outcome"), [
    ("true", pytest.fail.Exception), ("1", pytest.fail.Exception), ("", pytest.skip.Exception),
    ("0", pytest.skip.Exception), ("false", pytest.skip.Exception),
])  # fmt: skip
def test_a_missing_program_fails_where_ci_is_set_and_is_skipped_elsewhere(
    value: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(outcome, match="no-such-program"):
        needed_program("no-such-program")


def test_no_test_skips_on_its_own() -> None:
    """Conditions of the system (no fork, Windows) are marks; what could be installed goes through ``needed``."""
    own = []
    for path in TESTS.rglob("*.py"):
        if path.name == "needed.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("skip", "importorskip"):
                above = node.value
                if isinstance(above, ast.Name) and above.id == "pytest" and path != Path(__file__):
                    own.append(f"{path.relative_to(TESTS)}:{node.lineno}")
    assert not own, f"use needed.missing: {own}"
    assert missing
