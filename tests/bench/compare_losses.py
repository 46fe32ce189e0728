"""What one changed cell costs a rich macro workbook, engine by engine.

Prints, for the plain-file engine, openpyxl and (where installed: ``pip install excelize``) excelize: parts lost, parts
whose bytes changed, elements lost from the edited sheet, formula results left as they were. The figures stand in
docs/engines.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1] / "engines"))

from rich_workbook import parts, write_rich_workbook

SHEET = "xl/worksheets/sheet1.xml"


def by_file_engine(path: Path) -> None:
    import xlengines

    app = xlengines.file_engine().apps.add(add_book=False)
    book = app.books.open(str(path))
    book.sheets["数据"].range("B1").value = 20
    book.save()
    app.quit()


def by_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path, keep_vba=True)
    book["数据"]["B1"] = 20
    book.save(path)


def by_excelize(path: Path) -> None:
    import excelize

    book = excelize.open_file(str(path))
    book.set_cell_value("数据", "B1", 20)
    book.save()
    book.close()


def elements(content: bytes) -> Counter[str]:
    """How often each element, with its attributes' names, stands in a part."""
    return Counter(
        f"{etree.QName(node).localname}[{' '.join(sorted(etree.QName(name).localname for name in node.attrib))}]"
        for node in etree.fromstring(content).iter()
        if isinstance(node.tag, str)
    )


def stale(content: dict[str, bytes]) -> list[str]:
    """Sums that still show what they showed before the change."""
    sheet = etree.fromstring(content[SHEET])
    return [
        cell.get("r", "")
        for cell in sheet.iter("{*}c")
        if cell.get("r") == "D1" and cell.findtext("{*}v") == "6"
    ]


def main() -> None:
    ways: dict[str, Callable[[Path], None]] = {
        "file engine": by_file_engine,
        "openpyxl": by_openpyxl,
        "excelize": by_excelize,
    }
    for name, way in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            path = write_rich_workbook(Path(folder) / "丰富.xlsm")
            before = parts(path)
            try:
                way(path)
            except ImportError:
                print(f"== {name}: not installed")
                continue
            after = parts(path)
        lost = sorted(set(before) - set(after))
        changed = sorted(part for part in set(before) & set(after) if before[part] != after[part])
        gone = elements(before[SHEET]) - elements(after[SHEET])
        print(f"== {name}")
        print(f"   parts lost     {len(lost):>3}  {', '.join(lost)}")
        print(f"   parts changed  {len(changed):>3}  {', '.join(changed)}")
        print(
            f"   elements lost  {sum(gone.values()):>3}  {', '.join(f'{tag}×{count}' for tag, count in gone.items())}"
        )
        print(f"   stale results  {len(stale(after)):>3}  {', '.join(stale(after))}")


if __name__ == "__main__":
    main()
