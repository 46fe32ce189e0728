"""LICENCES.txt: what the kit carries of other people's work, and under which terms."""

from __future__ import annotations

from collections.abc import Mapping

from .wheel import Wheel

__all__ = ["licences"]

_LINE = "=" * 78


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
