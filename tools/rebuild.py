"""Rebuild the committed artefacts, the books and the manual's 校验规则; with --check fail where a rebuild gives other bytes."""

from __future__ import annotations

import sys
from pathlib import Path

from minsheng.addin.names import ADDIN_FILE
from minsheng.addin.package import packed
from minsheng.building import master
from minsheng.domain.catalogue import RULES, manual
from minsheng.incoming import task_document
from minsheng.jobs.importing import sample_document

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT / "workbook"


def artefacts() -> dict[Path, bytes]:
    """Path → what a rebuild gives."""
    reading = task_document.read(sample_document())
    return {
        WORKBOOK / "民生实事总表.xlsx": master.build_bytes(reading.document, reading.findings),
        ROOT / "docs" / "手册" / "校验规则.md": manual.page(RULES.values()).encode(),
        WORKBOOK / ADDIN_FILE: packed(ROOT / "xlmacros", WORKBOOK / "ribbon.xml"),
    }


def main() -> int:
    stale = []
    for path, content in artefacts().items():
        if "--check" not in sys.argv:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            stale.append(path.name)
    if stale:
        print(f"not what a rebuild gives: {', '.join(stale)} (run: make master addin)")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
