"""A function or class that others may use says what it does; it takes few parameters; code is laid out by one hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = Path(__file__).parents[2] / "python"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGES.rglob("*.py"))}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

#: Tables that are read by column, a row a line; every other line is laid out by the formatter.
TABLES = ("minsheng/domain/catalogue/",)
MOST_PARAMETERS = 7
#: Still to be laid out: these only ever become fewer.
STILL_BY_HAND = 37


def classes() -> dict[str, ast.ClassDef]:
    return {
        node.name: node
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }


CLASSES = classes()


def bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base) for base in node.bases]


def says_the_base(node: ast.ClassDef, name: str) -> bool:
    """Whether a class above says what a method of this name does: one of ours, or xlwings', whose engines these are."""
    for base in bases(node):
        if base.startswith("base_classes."):
            return True
        above = CLASSES.get(base.rpartition(".")[2])
        if above is not None and above is not node:
            said = any(
                isinstance(it, FUNCTIONS) and it.name == name and ast.get_docstring(it) for it in above.body
            )
            if said or says_the_base(above, name):
                return True
    return False


def public(body: list[ast.stmt], owner: ast.ClassDef | None = None) -> Iterator[tuple[str, ast.stmt]]:
    """What a module, or a class that is offered, offers, by its name and where it stands; what a class above explains
    is left out."""
    for node in body:
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or node.name.startswith("_"):
            continue
        if owner is None or not says_the_base(owner, node.name):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, node)


def place(path: Path, node: ast.stmt) -> str:
    return f"{path.relative_to(PACKAGES).as_posix()}:{node.lineno}"


def test_what_is_offered_says_what_it_does() -> None:
    silent = [
        f"{place(path, node)} {name}"
        for path, tree in TREES.items()
        for name, node in public(tree.body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
    ]
    assert silent == []


def test_no_function_takes_more_than_seven_parameters() -> None:
    many = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                parts = node.args
                named = [part.arg for part in (*parts.posonlyargs, *parts.args, *parts.kwonlyargs)]
                count = (
                    len(named) - (named[:1] in (["self"], ["cls"])) + bool(parts.vararg) + bool(parts.kwarg)
                )
                if count > MOST_PARAMETERS:
                    many.append(f"{place(path, node)} {node.name}: {count}")
    assert not many


def test_only_tables_are_laid_out_by_hand() -> None:
    by_hand = [
        path.relative_to(PACKAGES).as_posix()
        for path in TREES
        if "# fmt: skip" in path.read_text(encoding="utf-8")
        or "# fmt: off" in path.read_text(encoding="utf-8")
    ]
    others = [path for path in by_hand if not path.startswith(TABLES)]
    assert len(others) <= STILL_BY_HAND, others
