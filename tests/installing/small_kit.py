"""An unpacked kit small enough for a test: our own package as it is, and stand-ins for the libraries it asks for."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from minsheng import __version__

__all__ = ["PROJECT", "small_wheels", "wheel"]

PROJECT = Path(__file__).parents[2]
LIBRARIES = ("xlwings", "openpyxl", "lxml", "docxtpl")


def wheel(
    folder: Path, name: str, version: str, files: Mapping[str, bytes], *metadata: str, notices: Mapping[str, str] | None = None
) -> Path:  # fmt: skip
    """A wheel of pure Python; ``metadata`` are further lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
    with zipfile.ZipFile(path, "w") as archive:
        for inner, content in files.items():
            archive.writestr(inner, content)
        for notice, text in (notices or {}).items():
            archive.writestr(f"{info}/{notice}", text)
        archive.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


def small_wheels(folder: Path) -> str:
    """Wheels into ``folder``; gives the lock file that pins them."""
    package = PROJECT / "python"
    ours = {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted((package / "minsheng").rglob("*.py"))
    }
    terms = {"licenses/LICENSE": "terms"}
    wheel(folder, "minsheng", __version__, ours, notices=terms)
    lines = []
    for name in LIBRARIES:
        inner = {f"{name}/__init__.py": b"", f"{name}/etree.py": b""}
        digest = hashlib.sha256(wheel(folder, name, "1.0", inner, notices=terms).read_bytes()).hexdigest()
        lines.append(f"{name}==1.0 --hash=sha256:{digest}\n")
    return "".join(lines)
