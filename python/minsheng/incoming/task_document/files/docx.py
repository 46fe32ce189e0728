"""A 任务书 as .docx (ECMA-376 part 1, WordprocessingML): its paragraphs and tables as a reader of the print would see them.

Read from the parts themselves, because what matters here is what a ready-made reader leaves out: content controls,
tracked changes, automatic numbers, text boxes. Nothing in the file is run, fetched or expanded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from lxml import etree

from ....domain.catalogue import document_file as rules
from ....domain.finding import Finding
from ....errors import NotATaskDocument, UnreadableFile
from .blocks import PICTURE, Block, Cell, Source, Table
from .docx_parts import DocxParts, Element, Numbering, attribute, child, is_on, local
from .text import text_blocks

__all__ = ["read_docx"]

_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice", "body", "txbxContent"}
)
_DROPPED: Final = frozenset({"del", "moveFrom"})
_SILENT: Final = frozenset(
    {"pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText", "delText", "rt", "sectPr"}
)
_NOTES: Final = {"footnoteReference": "脚注", "endnoteReference": "尾注", "commentReference": "批注"}
_PLAIN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Stars as the symbol fonts have them (Wingdings AB, B6; Symbol none).
_STARS: Final = frozenset({"F0AB", "F0B6", "2605"})
_MOST_CELLS: Final = 200_000
_WIDEST: Final = 200
#: Letters that lower parts of merged cells may repeat altogether.
_MOST_REPEATED: Final = 4_000_000
_SHOWN: Final = 60


def read_docx(data: bytes, file: str) -> Source:
    """Blocks of a .docx. UnreadableFile or HostileFile where the package cannot be read; NotATaskDocument for pictures
    without a word."""
    parts = DocxParts(data, file)
    reader = _Reader(Numbering(parts.numbering, parts.styles), file)
    blocks = reader.blocks(parts.body)
    findings = reader.findings(file)
    if reader.seen["图片"] and not any(
        block.text.strip(f"{PICTURE} \n") for block in (*blocks, *reader.asides)
    ):
        raise NotATaskDocument(
            f"“{file}”里只有图片，没有可以读取的文字。",
            "请找有文字的 Word 原稿，或把内容填进任务书模板.xlsx 后导入。",
        )
    return Source(tuple(blocks), tuple(findings), tuple(reader.asides))


class _Reader:
    def __init__(self, numbering: Numbering, file: str) -> None:
        self._numbering = numbering
        self._file = file
        self._cells = 0
        self._repeated = 0
        self.asides: list[Block] = []
        self.hidden: list[str] = []
        self.struck: list[str] = []
        self.seen: Counter[str] = Counter()

    def blocks(self, container: Element) -> list[Block]:
        """Paragraphs and tables of a container in order. Runs of paragraphs are read like lines of a text, so that a table
        made of tabs is found too."""
        found: list[Block] = []
        lines: list[str] = []
        for item in self._items(container):
            if isinstance(item, Table):
                found += text_blocks("\n".join(lines))
                lines = []
                found.append(item)
            else:
                lines.append(item)
        return found + text_blocks("\n".join(lines))

    def _items(self, container: Element) -> list[str | Table]:
        found: list[str | Table] = []
        joins = False
        for element in self._block_elements(container):
            if local(element) == "tbl":
                found.append(self._table(element))
                joins = False
                continue
            text = self._paragraph(element)
            if joins and found and isinstance(found[-1], str):
                found[-1] += text
            else:
                found.append(text)
            joins = self._mark_is_deleted(element)
        return found

    def _block_elements(self, container: Element) -> list[Element]:
        found: list[Element] = []
        for element in container:
            name = local(element)
            if name in ("p", "tbl"):
                found.append(element)
            elif name == "AlternateContent":
                found += self._block_elements(_chosen(element))
            elif name == "altChunk":
                self.seen["插入的其他文档"] += 1
            elif name in _DROPPED:
                self.seen["修订"] += 1
            elif name in _WRAPPERS and not _is_placeholder(element):
                self._note_change(name)
                found += self._block_elements(element)
        return found

    def _mark_is_deleted(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is a tracked deletion: then it goes on in the next."""
        mark = child(child(paragraph, "pPr"), "rPr")
        return child(mark, "del") is not None

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(self._run_texts(paragraph))
        label = self._numbering.label(paragraph)
        if label and label[-1].isalnum():
            label += " "
        return f"{label}{text.lstrip()}" if label else text

    def _run_texts(self, parent: Element) -> list[str]:
        found: list[str] = []
        for element in parent:
            name = local(element)
            if name == "t":
                found.append(element.text or "")
            elif name in _PLAIN:
                found.append(_PLAIN[name])
            elif name == "sym":
                found.append("★" if (attribute(element, "char") or "").upper() in _STARS else "")
            elif name in _NOTES:
                self.seen[_NOTES[name]] += 1
            elif name in _DROPPED:
                self.seen["修订"] += 1
            elif name == "AlternateContent":
                found += self._run_texts(_chosen(element))
            elif name in ("drawing", "pict", "object"):
                before = self.seen["图片"]
                self._drawn(element)
                found += [PICTURE] if self.seen["图片"] > before else []
            elif name == "r" and is_on(child(child(element, "rPr"), "vanish")):
                self.hidden += filter(None, ("".join(self._run_texts(element)).strip(),))
            elif name == "r" and (
                is_on(child(child(element, "rPr"), "strike"))
                or is_on(child(child(element, "rPr"), "dstrike"))
            ):
                self.struck += filter(None, ("".join(self._run_texts(element)).strip(),))
            elif _is_placeholder(element):
                continue
            elif name not in _SILENT:
                self._note_change(name)
                found += self._run_texts(element)
        return found

    def _note_change(self, name: str) -> None:
        if name in ("ins", "moveTo"):
            self.seen["修订"] += 1

    def _drawn(self, drawing: Element) -> None:
        """Text boxes go aside; pictures are counted."""
        for element in drawing.iter():
            name = local(element)
            if name in ("blip", "imagedata"):
                self.seen["图片"] += 1
            elif name == "txbxContent" and not _inside_another(element, drawing):
                self.asides += self.blocks(element)

    def _table(self, table: Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        above: dict[int, Cell] = {}
        for row in self._children(table, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                self.seen["修订"] += 1
                continue
            column = _skipped(row, "gridBefore")
            cells: list[Cell] = [Cell("", column)] if column else []
            current: dict[int, Cell] = {}
            for element in self._children(row, "tc"):
                self._count_cell()
                properties = child(element, "tcPr")
                cell = self._cell(element, properties, above.get(column))
                if attribute(child(properties, "hMerge"), "val") == "continue" and cells:
                    cells[-1] = replace(cells[-1], span=min(cells[-1].span + cell.span, _WIDEST))
                else:
                    cells.append(cell)
                    current[column] = cell
                column += cell.span
            above = current
            if after := _skipped(row, "gridAfter"):
                cells.append(Cell("", after))
            if cells:
                rows.append(tuple(cells))
        return Table(tuple(rows))

    def _children(self, parent: Element, wanted: str) -> list[Element]:
        """Rows of a table or cells of a row, also those inside content controls."""
        found: list[Element] = []
        for element in parent:
            name = local(element)
            if name == wanted:
                found.append(element)
            elif name in _WRAPPERS:
                found += self._children(element, wanted)
        return found

    def _cell(self, element: Element, properties: Element | None, above: Cell | None) -> Cell:
        span = attribute(child(properties, "gridSpan"), "val") or "1"
        width = min(int(span), _WIDEST) if span.isdecimal() and len(span) < 6 and int(span) else 1
        merged = child(properties, "vMerge")
        items = self._items(element)
        text = "\n".join(item for item in items if isinstance(item, str) and item.strip())
        goes_on = merged is not None and attribute(merged, "val") in (None, "continue") and above is not None
        # WPS writes lower parts without their upper one: one with words of its own is no lower part.
        if goes_on and above is not None and text.strip() in ("", above.text.strip()):
            self._repeated += len(above.text)
            repeats = self._repeated <= _MOST_REPEATED
            return replace(above if repeats else Cell(""), span=width, from_above=True)
        return Cell(
            text.replace(PICTURE, ""), width, tables=tuple(item for item in items if isinstance(item, Table))
        )

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise UnreadableFile(
                f"“{self._file}”里的表格太大（超过{_MOST_CELLS}格），不像一份任务书。", "请确认没有选错文件。"
            )

    def findings(self, file: str) -> list[Finding]:
        found = []
        if self.seen["修订"]:
            found.append(rules.TRACKED_CHANGES.finding(file=file))
        unread = [
            f"{count}处{name}" for name, count in self.seen.items() if name not in ("修订", "图片") and count
        ]
        if unread:
            found.append(rules.NOTES_UNREAD.finding(file=file, reading="、".join(unread)))
        if self.seen["图片"]:
            found.append(rules.PICTURES.finding(file=file, reading=f"{self.seen['图片']}张"))
        if self.hidden:
            found.append(rules.HIDDEN_TEXT.finding(file=file, original="；".join(self.hidden)[:_SHOWN]))
        if self.struck:
            found.append(rules.STRUCK_OUT.finding(file=file, original="；".join(self.struck)[:_SHOWN]))
        found += [
            rules.TEXT_BOX.finding(file=file, original=text[:_SHOWN])
            for block in self.asides
            if (text := " ".join(block.text.split()))
        ]
        return found


def _skipped(row: Element, name: str) -> int:
    """How many columns of the grid a row leaves out at one end."""
    skipped = attribute(child(child(row, "trPr"), name), "val") or "0"
    return min(int(skipped), _WIDEST) if skipped.isdecimal() and len(skipped) < 6 else 0


def _is_placeholder(element: Element) -> bool:
    """Whether a content control shows nothing but the words that ask for its content."""
    return local(element) == "sdt" and is_on(child(child(element, "sdtPr"), "showingPlcHdr"))


def _chosen(alternatives: Element) -> Element:
    """The first choice of an AlternateContent, as a program of today shows it."""
    choices = [element for element in alternatives if local(element) == "Choice"]
    return (
        choices[0]
        if choices
        else next((e for e in alternatives if local(e) == "Fallback"), etree.Element("none"))
    )


def _inside_another(box: Element, drawing: Element) -> bool:
    """Whether a text box is one of a nested drawing, or the fallback of one that is read already."""
    for element in box.iterancestors():
        if element is drawing:
            return False
        if local(element) in ("txbxContent", "Fallback"):
            return True
    return False
