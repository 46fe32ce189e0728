"""Where the templates are: beside the package's source, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["template"]

_PACKAGE = Path(__file__).parents[1]


def template(name: str) -> Path:
    """The path of ``templates/<name>``."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"the template {name} is not installed")
