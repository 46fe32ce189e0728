"""What a wheel says of itself: name, version, needs, licence; and what wheels together lack or come under."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

__all__ = ["Wheel", "licences", "unmet"]

_LINE = "=" * 78


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


def _windows(python: str) -> dict[str, str]:
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
    environment = _windows(python)
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


def licences(wheels: list[Wheel], lacking: Mapping[str, str]) -> str:
    """A list of every library, then the texts that their wheels carry, or that ``lacking`` gives by name for wheels that
    carry none. LookupError for one without either: it may not be handed on."""
    one_each = {wheel.name: wheel for wheel in sorted(wheels, key=lambda wheel: wheel.path.name)}
    parts = ["安装包里的程序和库，以及它们的许可证。原文取自各库自己的安装文件，没有改动。\n"]
    parts += [
        f"{wheel.name} {wheel.version}：{wheel.licence}{f'（{wheel.homepage}）' if wheel.homepage else ''}"
        for wheel in one_each.values()
    ]
    parts.append(
        "\n另外，加载项“民生实事.xlam”里含有 xlwings 的 VBA 模块（BSD-3-Clause），其声明写在模块开头。"
        "\n以 LGPL 许可的库（如 docxtpl）以未修改的独立文件安装，可以用自己编译的版本替换。"
    )
    for wheel in one_each.values():
        texts = wheel.notices or {"LICENSE": lacking.get(wheel.name, "")}
        if not any(texts.values()):
            raise LookupError(
                f"{wheel.name} carries no licence text: put it into kit/licences/{wheel.name}.txt"
            )
        for name, text in sorted(texts.items()):
            parts.append(f"\n{_LINE}\n{wheel.name} {wheel.version}  {name}\n{_LINE}\n{text.strip()}")
    return "\n".join(parts) + "\n"
