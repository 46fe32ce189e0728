"""Ours and the two add-ins that xlwings ships, as the same parts: what holds for theirs in Excel is held for ours here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import olefile

from addin.olevba import VBA_Parser
from minsheng.addin.names import ADDIN_FILE

ROOT = Path(__file__).parents[2]
OURS = ROOT / "workbook" / ADDIN_FILE
THEIRS = (
    Path(str(files("xlwings"))) / "quickstart_addin_ribbon.xlam",
    Path(str(files("xlwings"))) / "addin" / "xlwings.xlam",
)


class AddinFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as package:
            return package.read(name)

    @cached_property
    def names(self) -> list[str]:
        with zipfile.ZipFile(self.path) as package:
            return package.namelist()

    @contextmanager
    def project(self) -> Iterator[olefile.OleFileIO]:
        with olefile.OleFileIO(self.part("xl/vbaProject.bin"), raise_defects=olefile.DEFECT_POTENTIAL) as ole:
            yield ole
            assert not ole.parsing_issues

    @cached_property
    def sources(self) -> dict[str, str]:
        """Module → source, as olevba reads them."""
        parser = VBA_Parser(str(self.path))
        try:
            return {
                stream.removeprefix("VBA/"): code.decode("latin-1") if isinstance(code, bytes) else code
                for _, stream, _, code in parser.extract_macros()
            }
        finally:
            parser.close()

    @cached_property
    def documents(self) -> set[str]:
        """The modules that PROJECT calls documents."""
        with self.project() as ole:
            text = ole.openstream("PROJECT").read().decode("latin-1")
        return set(re.findall(r"^Document=(\w+)/", text, re.MULTILINE))

    @cached_property
    def code_names(self) -> set[str]:
        """The codeNames of the workbook and its sheets."""
        pieces = [
            self.part(name) for name in self.names if re.fullmatch(r"xl/(workbook|worksheets/\w+)\.xml", name)
        ]
        return {
            name.decode()
            for piece in pieces
            for name in re.findall(rb'<(?:workbookPr|sheetPr)[^>]* codeName="(\w+)"', piece)
        }

    @cached_property
    def ribbon(self) -> ElementTree.Element:
        (name,) = [name for name in self.names if name.startswith("customUI/")]
        return ElementTree.fromstring(self.part(name))
