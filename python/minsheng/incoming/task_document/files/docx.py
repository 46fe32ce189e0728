"""A 任务书 as .docx (ECMA-376 part 1, WordprocessingML): its paragraphs and tables as a reader of the print would see them.

Read from the parts themselves, because what matters here is what a ready-made reader leaves out: content controls,
tracked changes, automatic numbers, text boxes. Nothing in the file is run, fetched or expanded.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from ....domain.catalogue import document_file as rules
from ....domain.finding import Finding
from ....errors import NotATaskDocument, UnreadableFile
from ..words.labels import Label
from ..words.lines import read_heading, split_labels
from .blocks import PICTURE, Block, Cell, Note, Source, Table
from .cut_tables import rejoined
from .docx_numbering import Numbering
from .docx_parts import DocxParts, Element, attribute, child, children, integer, is_on, local
from .docx_styles import Styles
from .notes import mark, marks_in, placed, unmarked
from .text import text_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_docx"]

_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "Choice", "body", "txbxContent"}
)
_DROPPED: Final = frozenset({"del", "moveFrom"})
_SILENT: Final = frozenset(
    {"pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText", "delText", "rt", "sectPr"}
)
#: What shows something that is not text: pictures, charts, diagrams.
_PICTURES: Final = frozenset({"blip", "imagedata", "chart", "relIds"})
#: Labels that say nothing of a project.
_BESIDE: Final = frozenset({None, Label.OTHER, Label.REMARK, Label.NUMBER})
_HEADING: Final = re.compile(r"(?:19|20)\d{2}\s{0,2}年")
_NOTES: Final = {"footnoteReference": "脚注", "endnoteReference": "尾注", "commentReference": "批注"}
_PLAIN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Stars as the symbol fonts have them (Wingdings AB, B6; Symbol none).
_STARS: Final = frozenset({"F0AB", "F0B6", "2605"})
_MOST_CELLS: Final = 200_000
_WIDEST: Final = 200
_MOST_NOTES: Final = 10_000
#: Letters that lower parts of merged cells may repeat altogether.
_MOST_REPEATED: Final = 4_000_000
_SHOWN: Final = 400


def read_docx(data: bytes, file: str) -> Source:
    """Blocks of a .docx. UnreadableFile or HostileFile where the package cannot be read; NotATaskDocument for pictures
    without a word."""
    parts = DocxParts(data, file)
    reader = _Reader(parts, file)
    blocks, notes = placed(rejoined(reader.blocks(parts.body)), reader.notes)
    if reader.seen["图片"] and not any(
        words.strip(f"{PICTURE} \n")
        for words in (*(block.text for block in blocks), *(note.text for note in notes))
    ):
        raise NotATaskDocument(
            f"“{file}”里只有图片，没有可以读取的文字。",
            "请找有文字的 Word 原稿，或把内容填进任务书模板.xlsx 后导入。",
        )
    return Source(tuple(blocks), tuple(reader.findings(file)), tuple(notes))


class _Reader:
    def __init__(self, parts: DocxParts, file: str) -> None:
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._notes = parts.notes
        self._file = file
        self._cells = 0
        self._repeated = 0
        self._boxes: list[Element] = []
        self._has_text = False
        self.notes: list[Note] = []
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
        before = ""
        for element in self._block_elements(container):
            if local(element) == "tbl":
                found += [before] if before else []
                found.append(self._table(element))
                before = ""
                continue
            if not len(element) and not before:
                found += [] if found and found[-1] == "" else [""]
                continue
            own = children(child(element, "pPr"))
            style = attribute(own.get("pStyle"), "val")
            if self._styles.is_contents(style):
                continue
            text = before + "".join(self._run_texts(element, style))
            boxes, self._boxes = self._boxes, []
            end = children(own.get("rPr"))
            if "del" in end or "moveFrom" in end:
                before = text  # its end is deleted: it goes on in the next, which gives the number
            else:
                before = ""
                hidden = not text.strip() and self._styles.is_on("vanish", end, style)
                found.append(
                    "" if hidden else _numbered(self._numbering.label(own.get("numPr"), style), text)
                )
            self._has_text = self._has_text or bool(text.strip())
            for box in boxes:
                found += self._boxed(box)
        return [*found, before] if before else found

    def _boxed(self, box: Element) -> list[str | Table]:
        """A text box: what it says of a project, and a heading before all text, stands where it is anchored; the rest is
        noted beside."""
        is_first = not self._has_text
        items = self._items(box)
        text = "\n".join(item.text if isinstance(item, Table) else item for item in items).strip()
        is_read = any(_says_of_a_project(item) for item in items) or (
            is_first and _HEADING.search(text) is not None
        )
        noted = self._noted("文本框", text, read=is_read)
        return [noted, *items] if is_read else [noted]

    def _noted(self, kind: str, text: str, *, read: bool = False) -> str:
        """The mark of a note at its place."""
        shown = PICTURE if PICTURE in text and not read else ""
        if len(self.notes) > _MOST_NOTES:
            raise UnreadableFile(
                f"“{self._file}”里的脚注、批注和文本框太多（超过{_MOST_NOTES}处），不像一份任务书。",
                "请确认没有选错文件。",
            )
        if words := " ".join(unmarked(text).replace(PICTURE, "").split()):
            self.notes.append(Note(kind, words, read=read))
            return mark(len(self.notes) - 1) + ("" if read else marks_in(text)) + shown
        return shown

    def _block_elements(self, container: Element) -> Iterator[Element]:
        for element in container:
            name = local(element)
            if name in ("p", "tbl"):
                yield element
            elif name == "AlternateContent":
                yield from self._block_elements(_chosen(element))
            elif name == "altChunk":
                self.notes.append(Note("插入的其他文档", "里面的内容看不到"))
            elif name in _DROPPED:
                self.seen["修订"] += 1
            elif name in _WRAPPERS and not _is_placeholder(element):
                self._note_change(name)
                yield from self._block_elements(element)

    def _run_texts(self, parent: Element, style: str | None) -> list[str]:
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
                note = self._notes.get((name, attribute(element, "id") or ""))
                text = "" if note is None else "".join(map(_words, note.iter()))
                found.append(self._noted(_NOTES[name], text or "里面没有文字"))
            elif name in _DROPPED:
                self.seen["修订"] += 1
            elif name == "AlternateContent":
                found += self._run_texts(_chosen(element), style)
            elif name in ("drawing", "pict", "object"):
                found += [PICTURE] if self._drawn(element) else []
            elif name == "r" and (unseen := self._unseen(element, style)) is not None:
                unseen += filter(None, ("".join(self._run_texts(element, "")).strip(),))
            elif _is_placeholder(element):
                continue
            elif name not in _SILENT:
                self._note_change(name)
                found += self._run_texts(element, style)
        return found

    def _unseen(self, run: Element, style: str | None) -> list[str] | None:
        """Where the words of a run go that is hidden or struck out; None for any other."""
        properties = children(child(run, "rPr"))
        if self._styles.is_on("vanish", properties, style):
            return self.hidden
        if any(self._styles.is_on(line, properties, style) for line in ("strike", "dstrike")):
            return self.struck
        return None

    def _note_change(self, name: str) -> None:
        if name in ("ins", "moveTo"):
            self.seen["修订"] += 1

    def _drawn(self, drawing: Element) -> bool:
        """Whether a drawing shows a picture. Text boxes are kept until the paragraph has ended."""
        before = self.seen["图片"]
        for element in drawing.iter():
            if local(element) in _PICTURES and not _inside_another(element, drawing):
                self.seen["图片"] += 1
            elif local(element) == "txbxContent" and not _inside_another(element, drawing):
                self._boxes.append(element)
        return self.seen["图片"] > before

    def _table(self, table: Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        above: dict[int, Cell] = {}
        for row in self._children(table, "tr"):
            of_row = children(child(row, "trPr"))
            if "del" in of_row:
                self.seen["修订"] += 1
                continue
            if is_on(of_row.get("hidden")):
                self.hidden += filter(None, (" ".join(filter(None, map(_words, row.iter()))),))
                continue
            if _asks_for_content(row):
                continue
            column = _columns(of_row.get("gridBefore"), 0)
            cells: list[Cell] = [Cell("", column)] if column else []
            current: dict[int, Cell] = {}
            for element in self._children(row, "tc"):
                self._count_cell()
                own = children(child(element, "tcPr"))
                if "cellDel" in own:
                    self.seen["修订"] += 1
                    continue
                cell = self._cell(element, own, above.get(column))
                if attribute(own.get("hMerge"), "val") == "continue" and cells:
                    cells[-1] = replace(cells[-1], span=min(cells[-1].span + cell.span, _WIDEST))
                else:
                    cells.append(cell)
                    current[column] = cell
                column += cell.span
            above = current
            if after := _columns(of_row.get("gridAfter"), 0):
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

    def _cell(self, element: Element, own: dict[str, Element], above: Cell | None) -> Cell:
        width = max(1, _columns(own.get("gridSpan"), 1))
        merged = own.get("vMerge")
        items = [] if _asks_for_content(element) else self._items(element)
        text = "\n".join(item for item in items if isinstance(item, str) and item.strip())
        goes_on = merged is not None and attribute(merged, "val") in (None, "continue") and above is not None
        # WPS writes lower parts without their upper one: one with words of its own is no lower part.
        if goes_on and above is not None and text.strip() in ("", above.text.strip()):
            self._repeated += len(above.text)
            repeats = self._repeated <= _MOST_REPEATED
            return replace(above if repeats else Cell(""), span=width, from_above=True)
        return Cell(
            text.replace(PICTURE, ""),
            width,
            tables=tuple(item for item in items if isinstance(item, Table)),
            picture=PICTURE in text,
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
        if self.seen["图片"]:
            found.append(rules.PICTURES.finding(file=file, reading=f"{self.seen['图片']}张"))
        if self.hidden:
            found.append(rules.HIDDEN_TEXT.finding(file=file, original="；".join(self.hidden)[:_SHOWN]))
        if self.struck:
            found.append(rules.STRUCK_OUT.finding(file=file, original="；".join(self.struck)[:_SHOWN]))
        return found


def _columns(counted: Element | None, default: int) -> int:
    """How many columns of the grid a cell or a gap covers."""
    return min(integer(attribute(counted, "val"), default), _WIDEST)


def _numbered(label: str, text: str) -> str:
    """A paragraph's text behind the number that is printed before it."""
    if label and label[-1].isalnum():
        label += " "
    return f"{label}{text.lstrip()}" if label else text


def _words(element: Element) -> str:
    return element.text or "" if local(element) == "t" else ""


def _says_of_a_project(item: str | Table) -> bool:
    """Whether a part of a text box is more than a remark: a table, a numbered line or a label."""
    if isinstance(item, Table):
        return True
    return read_heading(item) is not None or split_labels(item)[0][0] not in _BESIDE


def _asks_for_content(element: Element) -> bool:
    """Whether a row or cell stands in a content control that shows nothing but the words that ask for its content."""
    content = element.getparent()
    return local(content) == "sdtContent" and _is_placeholder(content.getparent())


def _is_placeholder(element: Element) -> bool:
    """Whether a content control shows nothing but the words that ask for its content, or repeats what stands below it: a
    table of contents."""
    if local(element) != "sdt":
        return False
    properties = child(element, "sdtPr")
    gallery = attribute(child(child(properties, "docPartObj"), "docPartGallery"), "val")
    return is_on(child(properties, "showingPlcHdr")) or gallery == "Table of Contents"


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
