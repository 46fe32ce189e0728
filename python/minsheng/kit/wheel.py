"""What a wheel says of itself: name, version, needs, licence."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

__all__ = ["Wheel", "unmet", "windows"]


@dataclass(frozen=True, slots=True)
class Wheel:
    """``needs`` are its Requires-Dist lines, ``licence`` the words of its metadata, ``notices`` name → text of the
    licence files that it carries."""

    path: Path
    name: str
    version: str
    needs: tuple[str, ...]
    licence: str
    homepage: str
    notices: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Wheel:
        """The metadata of a .whl."""
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            metadata = next(
                name for name in names if name.endswith(".dist-info/METADATA") and name.count("/") == 1
            )
            said = Parser().parsestr(archive.read(metadata).decode("utf-8"))
            folder = metadata.rpartition("/")[0]
            notices = {
                name.removeprefix(f"{folder}/"): archive.read(name).decode("utf-8", errors="replace")
                for name in names
                if name.startswith(f"{folder}/")
                and not name.endswith("/")
                and _is_notice(name.removeprefix(f"{folder}/"))
            }
        classified = [
            line.rpartition(" :: ")[2]
            for line in said.get_all("Classifier", [])
            if line.startswith("License ::")
        ]
        short = next(
            (said[key] for key in ("License-Expression", "License") if said[key] and "\n" not in said[key]),
            None,
        )
        pages = [line.partition(",")[2].strip() for line in said.get_all("Project-URL", [])]
        return cls(
            path,
            str(canonicalize_name(str(said["Name"]))),
            str(said["Version"]),
            tuple(said.get_all("Requires-Dist", [])),
            short or "; ".join(classified) or "见下面的许可证文本",
            said["Home-page"] or next(iter(pages), ""),
            notices,
        )


def _is_notice(name: str) -> bool:
    return name.startswith("licenses/") or name.upper().startswith(
        ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
    )


def windows(python: str) -> dict[str, str]:
    """The marker environment of a 64-bit Windows with this Python (3.12): pip evaluates markers for the host instead."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
        "extra": "",
    }


def unmet(wheels: list[Wheel], python: str) -> list[str]:
    """The needs that no wheel meets on Windows, as sentences; empty for a complete set."""
    versions = {wheel.name: Version(wheel.version) for wheel in wheels}
    environment = windows(python)
    found = []
    for wheel in wheels:
        for line in wheel.needs:
            need = Requirement(line)
            if need.marker and not need.marker.evaluate(environment):
                continue
            version = versions.get(canonicalize_name(need.name))
            if version is None or not need.specifier.contains(version, prereleases=True):
                found.append(f"{wheel.name} needs {line}, there is {version or 'none'} (Python {python})")
    return found
