"""The one place that imports ``uno``, on first use, from wherever LibreOffice's package put it; where this Python cannot load it,
from a Python that can, over a relay.

Importing it replaces ``builtins.__import__`` for the whole process, so that ``from com.sun.star… import …`` works. That is
put back at once: types are named by text here. sys.path is put back too, since the folder of uno.py is often that of all the
system's packages.
"""

from __future__ import annotations

import builtins
import importlib.util
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import HostMissing
from . import installation
from .relay import Relay

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from ..a1 import Area

__all__ = [
    "address_of",
    "area_of",
    "cell_address",
    "enum",
    "is_uno_failure",
    "local_service",
    "properties",
    "struct",
    "uno",
]


@cache
def uno() -> ModuleType | Relay:
    """The module ``uno``, or what stands for it; HostMissing where no Python here can have it."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    here = sys.version_info[:2]
    refused: list[str] = []
    for folder in installation.bridge_folders():
        linked = installation.built_for(installation.program_folder())
        if linked is not None and linked != here:
            refused.append(f"{folder} (Python {linked[0]}.{linked[1]})")
            continue
        try:
            return _imported(folder)
        except ImportError as failure:
            refused.append(f"{folder} ({failure})")
    for python in installation.other_pythons():
        try:
            return Relay(python)
        except (ImportError, OSError) as failure:
            refused.append(str(failure))
    raise HostMissing("no-bridge", version=f"{here[0]}.{here[1]}", refused="; ".join(refused))


def _imported(folder: Path) -> ModuleType:
    original_import, original_path = builtins.__import__, list(sys.path)
    program = str(installation.program_folder())
    if hasattr(os, "add_dll_directory"):
        os.add_dll_directory(program)
    try:
        # pyuno, the compiled half, is looked for on sys.path by uno.py itself.
        sys.path.append(program)
        spec = importlib.util.spec_from_file_location("uno", folder / "uno.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["uno"] = module
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop("uno", None)
        raise
    finally:
        builtins.__import__ = original_import
        sys.path[:] = original_path
    return module


def local_service(name: str) -> Any:
    """A service of the UNO runtime inside this process."""
    context = uno().getComponentContext()
    return context.ServiceManager.createInstanceWithContext(name, context)


def struct(name: str, **fields: Any) -> Any:
    """A UNO struct by its name below ``com.sun.star``."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def address_of(sheet: int, area: Area) -> Any:
    """The area on the sheet of that index (from 0) as UNO's CellRangeAddress."""
    top, left, bottom, right = area
    return struct(
        "table.CellRangeAddress",
        Sheet=sheet, StartColumn=left - 1, StartRow=top - 1, EndColumn=right - 1, EndRow=bottom - 1,
    )  # fmt: skip


def cell_address(sheet: int, row: int, column: int) -> Any:
    """A UNO address of a cell; row and column count from 1 here and from 0 there."""
    return struct("table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)


def area_of(address: Any) -> Area:
    """The area (top, left, bottom, right; from 1) of a UNO range address."""
    return (address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def enum(name: str, value: str) -> Any:
    """A value of a UNO enumeration, ``enum("table.CellHoriJustify", "LEFT")``."""
    return uno().Enum(f"com.sun.star.{name}", value)


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as the sequence of PropertyValue that loading, storing and exporting take."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def is_uno_failure(failure: BaseException) -> bool:
    """Whether a failure comes from LibreOffice's side of the bridge; False while no bridge is loaded."""
    return bool(uno.cache_info().currsize) and isinstance(
        failure, uno().getClass("com.sun.star.uno.Exception")
    )
