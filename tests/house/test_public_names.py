"""What one module takes from another is in that one's ``__all__``, where it has one."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "python" / "minsheng"
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def public(path: Path) -> frozenset[str] | None:
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return None


def taken(path: Path) -> list[tuple[Path, str]]:
    """(module, name) of every relative import that names something inside a module."""
    inside = path.relative_to(PACKAGE).with_suffix("").parts
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = PACKAGE.joinpath(*inside[: len(inside) - node.level], *(node.module or "").split("."))
        module = base.with_suffix(".py") if base.with_suffix(".py").exists() else base / "__init__.py"
        for alias in node.names:
            is_module = (base / f"{alias.name}.py").exists() or (base / alias.name).is_dir()
            if module.exists() and not is_module:
                found.append((module, alias.name))
    return found


def _bound_by(node: ast.stmt) -> list[str]:
    """The names that a statement at the head of a module binds."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    if isinstance(node, ast.AnnAssign):
        return [node.target.id] if isinstance(node.target, ast.Name) else []
    return [
        name
        for inner in ast.iter_child_nodes(node)
        if isinstance(inner, ast.stmt)
        for name in _bound_by(inner)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_taken_is_offered(path: Path) -> None:
    for module, name in taken(path):
        offered = public(module)
        assert offered is None or name in offered, (
            f"{name} is not in __all__ of {module.relative_to(PACKAGE)}"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_offered_is_there(path: Path) -> None:
    bound = {name for node in tree(path).body for name in _bound_by(node)}
    assert (public(path) or frozenset()) <= bound
