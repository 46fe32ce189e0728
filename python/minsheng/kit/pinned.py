"""The wheels of requirements-kit.txt: pinned, hashed, downloaded for Windows, shown to be complete without an index; and
what builds our own, pinned and hashed alike."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .wheel import Wheel, unmet

__all__ = ["PYTHONS", "build_wheel", "download", "locked", "locked_build", "resolve_offline"]

PYTHONS = ("3.11", "3.12", "3.13")
#: What pip would leave out on another system than Windows: it evaluates environment markers for the host.
_WINDOWS_ONLY = ("pywin32",)

_HEAD = """\
# What the install kit carries: 64-bit Windows, Python {pythons}. Written by: python -m minsheng.kit --lock
# No environment markers here: everything listed is for Windows.
"""

_BUILD_HEAD = """\
# What builds our own wheel. Written by: python -m minsheng.kit --lock
"""


def locked(needs: list[str]) -> str:
    """The text of requirements-kit.txt for these needs, asked of the package index now. ValueError where the Pythons
    would get different versions of something."""
    files: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as folder:
        # What the oldest Python can have, the newer ones can have too.
        bounds = Path(folder) / "bounds.txt"
        bounds.write_text("")
        for python in PYTHONS:
            target = Path(folder) / python
            _pip(
                "download",
                *_for_windows(python),
                "-c",
                str(bounds),
                "-d",
                str(target),
                *needs,
                *_WINDOWS_ONLY,
            )
            wheels = [Wheel.read(path) for path in target.iterdir()]
            missing = unmet(wheels, python)
            if missing:
                raise ValueError("; ".join(missing))
            bounds.write_text("".join(f"{wheel.name}=={wheel.version}\n" for wheel in wheels))
            files |= {wheel.path.name: wheel.path for wheel in wheels}
        return _HEAD.format(pythons=", ".join(PYTHONS)) + _lines(
            [Wheel.read(path) for path in files.values()]
        )


def locked_build(requires: list[str]) -> str:
    """The text of requirements-build.txt for what pyproject.toml says builds us, asked of the package index now."""
    with tempfile.TemporaryDirectory() as folder:
        _pip("download", "--only-binary=:all:", "-d", folder, *requires)
        return _BUILD_HEAD + _lines([Wheel.read(path) for path in Path(folder).iterdir()])


def build_wheel(root: Path, lock: Path, folder: Path) -> None:
    """Our wheel into ``folder``, built by what ``lock`` pins and by nothing else. CalledProcessError."""
    with tempfile.TemporaryDirectory() as tools:
        _pip("install", "--only-binary=:all:", "--require-hashes", "--target", tools, "-r", str(lock))
        _pip(
            "wheel",
            "--no-build-isolation",
            "--no-index",
            "--no-deps",
            "-w",
            str(folder),
            str(root),
            PYTHONPATH=tools,
        )


def _lines(wheels: list[Wheel]) -> str:
    """A pin with its hashes for each name. ValueError where the versions of a name differ."""
    lines = []
    for name in sorted({wheel.name for wheel in wheels}):
        of_name = [wheel for wheel in wheels if wheel.name == name]
        versions = {wheel.version for wheel in of_name}
        if len(versions) > 1:
            raise ValueError(f"{name} differs between the Pythons: {', '.join(sorted(versions))}")
        hashes = sorted(hashlib.sha256(wheel.path.read_bytes()).hexdigest() for wheel in of_name)
        lines.append(
            " \\\n".join([f"{name}=={versions.pop()}", *(f"    --hash=sha256:{digest}" for digest in hashes)])
            + "\n"
        )
    return "".join(lines)


def download(lock: Path, folder: Path) -> None:
    """Every wheel of the lock file, for each Python, into one folder; pip refuses any other content."""
    for python in PYTHONS:
        _pip(
            "download",
            *_for_windows(python),
            "--no-deps",
            "--require-hashes",
            "-r",
            str(lock),
            "-d",
            str(folder),
        )


def resolve_offline(folder: Path, python: str) -> None:
    """Let pip install our wheel for Windows from the folder alone, without writing anything; then ask every wheel's own
    needs on Windows, which pip on another system does not. CalledProcessError, ValueError."""
    wheels = [Wheel.read(path) for path in sorted(folder.glob("*.whl")) if _is_for(path.name, python)]
    ours = next(wheel for wheel in wheels if wheel.name == "minsheng")
    with tempfile.TemporaryDirectory() as nowhere:
        _pip(
            "install",
            "--dry-run",
            "--ignore-installed",
            "--no-index",
            "--find-links",
            str(folder),
            *_for_windows(python),
            "--target",
            nowhere,
            f"minsheng=={ours.version}",
            *_WINDOWS_ONLY,
        )
    missing = unmet(wheels, python)
    if missing:
        raise ValueError("; ".join(missing))


def _is_for(name: str, python: str) -> bool:
    tag = "cp" + python.replace(".", "")
    return f"-{tag}-" in name or "-py3-" in name or ".py3-" in name or "-abi3-" in name


def _for_windows(python: str) -> tuple[str, ...]:
    return ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", python)


def _pip(*words: str, **surroundings: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(command, check=True, env=os.environ | surroundings)
