"""What lies where in the kit."""

from __future__ import annotations

from pathlib import Path

from ..addin.names import ADDIN_FILE
from .archive import for_windows
from .licences import licences
from .wheel import Wheel

__all__ = ["BUILD_LOCK", "LOCK", "contents"]

#: In the checkout.
LOCK = Path("kit", "requirements-kit.txt")
BUILD_LOCK = Path("kit", "requirements-build.txt")
#: Button → the verb that it runs.
COMMANDS = {"安装.cmd": "install", "卸载.cmd": "uninstall", "检查.cmd": "doctor"}


def contents(root: Path, wheels: Path) -> dict[str, bytes]:
    """Path in the kit → bytes, from a checkout's ``root`` and a folder of ``wheels`` with ours among them."""
    source = root / "kit"
    run = (source / "run.cmd").read_text(encoding="ascii")
    found = {name: for_windows(run.replace("@VERB@", verb)) for name, verb in COMMANDS.items()}
    found["打开窗口.cmd"] = for_windows((source / "panel.cmd").read_text(encoding="ascii"))
    found["先看这里.txt"] = for_windows((source / "先看这里.txt").read_text(encoding="utf-8"), mark=True)
    found["kit/start.py"] = (source / "start.py").read_bytes()
    found["kit/no-python.txt"] = for_windows((source / "no-python.txt").read_text(encoding="utf-8"))
    found["kit/requirements-kit.txt"] = (root / LOCK).read_bytes()
    found[f"kit/{ADDIN_FILE}"] = (root / "workbook" / ADDIN_FILE).read_bytes()
    packed = sorted(wheels.glob("*.whl"))
    found |= {f"kit/wheels/{path.name}": path.read_bytes() for path in packed}
    lacking = {path.stem: path.read_text(encoding="utf-8") for path in (source / "licences").iterdir()}
    terms = licences([Wheel.read(path) for path in packed], lacking)
    found["LICENCES.txt"] = for_windows(terms, mark=True)
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
