"""Data flows one way: a room may only look at the rooms below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "python" / "minsheng"

#: Room → the rooms it may import from (its own room is always allowed).
MAY_IMPORT = {
    "errors": set(),
    "forgone": set(),
    "log": set(),
    "cells": set(),
    "domain": {"cells"},
    "sheets": {"cells", "domain", "errors", "hosts"},
    "outputs": {"errors"},
    "incoming": {"cells", "domain", "errors", "sheets.layout"},
    "building": {"domain", "errors", "outputs", "sheets.contents", "sheets.layout"},
    "addin": {"errors", "log"},
    "installing": {"errors", "log", "addin.names"},
    "kit": {"addin.names"},
    "jobs": {"building", "cells", "domain", "errors", "export", "hosts", "incoming", "outputs", "sheets"},
    "export": {"domain", "errors", "sheets.layout"},
    "hosts": {"errors"},
    "dialogs": {"errors"},
    "cli": {
        "addin",
        "cells",
        "domain",
        "errors",
        "forgone",
        "hosts",
        "installing",
        "jobs",
        "log",
        "outputs",
        "panel",
    },
    "tab": set(),
    "buttons": {"domain", "errors", "jobs", "hosts", "log", "sheets.layout", "dialogs", "tab"},
    "click": {"buttons", "forgone", "dialogs", "errors", "log", "tab"},
    "panel": {"errors", "forgone", "log", "hosts", "buttons", "dialogs", "tab", "jobs.reading"},
}

#: Libraries that only some rooms may know.
LIBRARIES = {
    "openpyxl": {"building", "addin"},
    "pandas": {"export"},
    "uno": set(),
    "python_calamine": set(),
    "docx": {"incoming", "building"},
    "docxtpl": {"building"},
    "lxml": {"incoming", "building"},
    "zipfile": {"building", "addin", "kit"},
    "xlwings": {
        "sheets",
        "jobs",
        "hosts",
        "buttons",
        "click",
        "panel",
        "addin",
        "dialogs",
    },
}

#: What of xlengines a room may know: hosts all of it, most rooms nothing but cell addresses.
ENGINES = {
    "hosts": {"xlengines"},
    "sheets": {"xlengines.a1", "xlengines.graft", "xlengines.names_at_once", "xlengines.obstacles"},
    "jobs": {"xlengines"},
    "click": {"xlengines"},
    "cells": {"xlengines.a1"},
    "incoming": {"xlengines.a1"},
    "building": {"xlengines.a1"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Absolute dotted names of everything that a module imports, at any depth."""
    inside = path.relative_to(PACKAGE.parent).with_suffix("").parts
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(inside[: len(inside) - node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if room_of(path) not in {"__init__", "__main__"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_looks_only_downwards(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT[room] | {room}
    for name in imported(path):
        if not name.startswith("minsheng."):
            continue
        inner = name.removeprefix("minsheng.")
        if inner == "__version__":
            continue
        assert any(inner == way or inner.startswith(f"{way}.") for way in allowed), (
            f"{room} must not import {name}"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_known_only_where_it_belongs(path: Path) -> None:
    for name in imported(path):
        rooms = LIBRARIES.get(name.split(".")[0])
        assert rooms is None or room_of(path) in rooms, f"{room_of(path)} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_engines_are_known_to_few(path: Path) -> None:
    for name in imported(path):
        if name.split(".")[0] == "xlengines":
            allowed = ENGINES.get(room_of(path), set())
            assert any(name == way or name.startswith(f"{way}.") for way in allowed), (
                f"{room_of(path)} must not import {name}"
            )


#: The steps of the way from a 任务书 to its projects, in order; what leads from one to the next stands beside them.
READER = PACKAGE / "incoming" / "task_document"
STEPS = ("words", "files", "sections", "fields")


@pytest.mark.parametrize(
    "path", sorted(READER.glob("*/*.py")), ids=lambda path: str(path.relative_to(READER))
)
def test_a_step_of_the_reader_looks_only_at_those_before_it(path: Path) -> None:
    before = STEPS[: STEPS.index(path.parent.name) + 1]
    own = "minsheng.incoming.task_document."
    for name in imported(path):
        if name.startswith(own):
            assert name.removeprefix(own).split(".")[0] in before, (
                f"{path.parent.name} must not import {name}"
            )


ENGINE_MODULES = sorted(PACKAGE.with_name("xlengines").rglob("*.py"))


@pytest.mark.parametrize("path", ENGINE_MODULES, ids=lambda path: path.stem)
def test_the_engines_know_nothing_of_the_product(path: Path) -> None:
    assert not [name for name in imported(path) if name.split(".")[0] == "minsheng"]


def test_no_module_outgrows_its_noun() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in MODULES
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long
