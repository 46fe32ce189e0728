"""``python -m minsheng.kit -o dist``: builds the kit. ``--lock``: asks the package index anew and rewrites the lock files."""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from pathlib import Path

from .. import __version__
from .contents import BUILD_LOCK, LOCK, archive, contents
from .pinned import PYTHONS, build_wheel, download, locked, locked_build, resolve_offline

_ROOT = Path(__file__).parents[3]


def main() -> int:
    """Build the kit, or rewrite the lock files; the exit code. CalledProcessError, ValueError: it is not complete."""
    parser = argparse.ArgumentParser(prog="python -m minsheng.kit")
    parser.add_argument("-o", dest="output", type=Path, default=Path("dist"))
    parser.add_argument("--lock", action="store_true")
    options = parser.parse_args()
    project = _ROOT / "pyproject.toml"
    if not project.is_file():
        print("the kit is built from a checkout", file=sys.stderr)
        return 2
    if options.lock:
        said = tomllib.loads(project.read_text(encoding="utf-8"))
        (_ROOT / LOCK).write_text(locked(said["project"]["dependencies"]), encoding="utf-8")
        (_ROOT / BUILD_LOCK).write_text(locked_build(said["build-system"]["requires"]), encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder)
        download(_ROOT / LOCK, wheels)
        build_wheel(_ROOT, _ROOT / BUILD_LOCK, wheels)
        for python in PYTHONS:
            resolve_offline(wheels, python)
            print(f"complete for Windows, Python {python}: resolved without an index")
        path = options.output / f"民生实事台账安装包-{__version__}.zip"
        archive(path, path.stem, contents(_ROOT, wheels))
    print(f"{path} ({path.stat().st_size / 1e6:.0f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
