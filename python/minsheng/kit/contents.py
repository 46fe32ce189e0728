"""What lies where in the kit, and the .zip of it: fixed order and dates, names that Windows reads as UTF-8."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..addin.names import ADDIN_FILE
from .wheel import Wheel, licences

__all__ = ["BUILD_LOCK", "COMMANDS", "LOCK", "archive", "contents"]

#: In the checkout.
LOCK = Path("kit", "requirements-kit.txt")
BUILD_LOCK = Path("kit", "requirements-build.txt")
#: Button → the verb that it runs.
COMMANDS = {"安装.cmd": "install", "卸载.cmd": "uninstall", "检查.cmd": "doctor"}
_TIME = (2000, 1, 1, 0, 0, 0)


def contents(root: Path, wheels: Path) -> dict[str, bytes]:
    """Path in the kit → bytes, from a checkout's ``root`` and a folder of ``wheels`` with ours among them."""
    source = root / "kit"
    run = (source / "run.cmd").read_text(encoding="ascii")
    found = {name: _for_windows(run.replace("@VERB@", verb)) for name, verb in COMMANDS.items()}
    found["打开窗口.cmd"] = _for_windows((source / "panel.cmd").read_text(encoding="ascii"))
    found["先看这里.txt"] = _for_windows((source / "先看这里.txt").read_text(encoding="utf-8"), mark=True)
    found["kit/start.py"] = (source / "start.py").read_bytes()
    found["kit/no-python.txt"] = _for_windows((source / "no-python.txt").read_text(encoding="utf-8"))
    found["kit/requirements-kit.txt"] = (root / LOCK).read_bytes()
    found[f"kit/{ADDIN_FILE}"] = (root / "workbook" / ADDIN_FILE).read_bytes()
    packed = sorted(wheels.glob("*.whl"))
    found |= {f"kit/wheels/{path.name}": path.read_bytes() for path in packed}
    lacking = {path.stem: path.read_text(encoding="utf-8") for path in (source / "licences").iterdir()}
    terms = licences([Wheel.read(path) for path in packed], lacking)
    found["LICENCES.txt"] = _for_windows(terms, mark=True)
    for folder, files in (
        ("模板", sorted((root / "templates").iterdir())),
        (
            "样例",
            [
                root / "workbook" / "民生实事总表.xlsx",
                *sorted((root / "python" / "minsheng" / "sample").glob("*.txt")),
            ],
        ),
        ("手册", sorted([*(root / "docs").glob("*.md"), *(root / "docs" / "手册").glob("*.md")])),
        ("手册/pictures", sorted((root / "docs" / "pictures").iterdir())),
    ):
        for path in files:
            found[f"{folder}/{path.name}"] = path.read_bytes()
    for name in [name for name in found if name.startswith("手册/") and name.endswith(".md")]:
        # One folder here, two in the checkout.
        found[name] = found[name].replace(b"](../", b"](").replace("](手册/".encode(), b"](")
    return found


def archive(path: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (relative path with /, bytes) under one ``folder``; wheels are stored, they are zips already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, files[name])


def _for_windows(text: str, *, mark: bool = False) -> bytes:
    """Text with \\r\\n; ``mark`` puts the UTF-8 mark in front, by which old notepads know it."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig" if mark else "utf-8")
