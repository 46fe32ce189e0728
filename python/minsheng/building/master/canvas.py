"""A sheet being built: values, formulas with what they show at first, and looks stamped from a template's cells."""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension

from ...sheets import layout

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ..package import CachedValue

__all__ = ["Canvas", "GrowingRow", "Stencil"]

_LINE_POINTS = 14.5


class Stencil:
    """A named row (or block) of the template whose looks are stamped wherever it is needed."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        sheet, reference = next(iter(workbook.defined_names[f"样式_{name}"].destinations))
        self.sheet: Worksheet = workbook[sheet]
        self.left, self.top, self.right, self.bottom = (int(bound) for bound in range_boundaries(reference))
        self.merges: list[tuple[int, int, int, int]] = [
            merged.bounds
            for merged in self.sheet.merged_cells.ranges
            if self.top <= merged.min_row
            and merged.max_row <= self.bottom
            and self.left <= merged.min_col <= self.right
        ]

    def column(self, label: str) -> int:
        """The column under which the template prints ``label``."""
        for row in self.sheet.iter_rows(self.top, self.bottom, self.left, self.right):
            for cell in row:
                if cell.value == label:
                    return int(cell.column)
        raise KeyError(label)


class GrowingRow(RowDimension):  # type: ignore[misc]  # openpyxl has no types
    """A row whose height is a start only: programs make it higher when more is written into it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        """Never: a height of ours is what the text needs, and the program may set it anew."""
        return False


class Canvas:
    """One sheet of the new workbook and the cached values of its formulas."""

    def __init__(self, sheet: Worksheet, cached: MutableMapping[tuple[str, str], CachedValue]) -> None:
        self.sheet = sheet
        self._cached = cached

    def put(self, row: int, column: int, value: Any) -> None:
        """A value; text is text even where it starts with ``=``, a whole Decimal an integer: 8112 is not 8112.0 in the file."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, Decimal):
            value = int(value) if value == value.to_integral_value() else float(value)
        cell.value = value  # None blanks
        if isinstance(value, str):
            cell.data_type = "s"
            if value.startswith(("=", "+", "-", "@")):
                cell._style = copy(cell._style)
                cell.quotePrefix = True

    def formula(self, row: int, column: int, text: str, shown: CachedValue) -> None:
        """Put a formula in a cell (rows and columns from 1) with the value that is shown until a program computes it."""
        self.sheet.cell(row, column, text)
        self._cached[self.sheet.title, f"{get_column_letter(column)}{row}"] = shown

    def stamp(self, stencil: Stencil, top: int, count: int = 1, *, labels: bool = True) -> None:
        """Put the looks (and, with ``labels``, the words) of a stencil at ``top``, ``count`` times downwards."""
        height = stencil.bottom - stencil.top + 1
        source = list(stencil.sheet.iter_rows(stencil.top, stencil.bottom, stencil.left, stencil.right))
        for repeat in range(count):
            offset = top + repeat * height - stencil.top
            for row in source:
                for model in row:
                    cell = self.sheet.cell(model.row + offset, model.column)
                    cell._style = (
                        model._style
                    )  # shared: nothing changes a style array in place but quotePrefix, below
                    if labels and getattr(model, "value", None) is not None:
                        cell.value = model.value
                self.sheet.row_dimensions[row[0].row + offset].height = stencil.sheet.row_dimensions[
                    row[0].row
                ].height
            for left, first, right, last in stencil.merges:
                # Not merge_cells: every cell has its looks already, and drawing the borders anew takes most of the build.
                self.sheet.merged_cells.add(
                    f"{get_column_letter(left)}{first + offset}:{get_column_letter(right)}{last + offset}"
                )

    def stamp_right(self, stencil: Stencil, row: int, columns: range) -> None:
        """Put the looks of the stencil's last cell over several columns of one row."""
        model = stencil.sheet.cell(stencil.top, stencil.right)
        for column in columns:
            self.sheet.cell(row, column)._style = model._style

    def rules_from(self, stencil: Stencil, top: int, bottom: int) -> None:
        """The template's conditional formats and drop-downs on the stencil's rows, over ``top`` … ``bottom`` here."""
        self.formats_from(stencil, top, bottom)
        self._choices_from(stencil, top, bottom)

    def choices_of(self, stencil: Stencil) -> None:
        """The template's drop-downs on the stencil's cells, on the same cells here."""
        for validation in stencil.sheet.data_validations.dataValidation:
            if all(stencil.top <= area.min_row <= stencil.bottom for area in validation.sqref.ranges):
                self.sheet.add_data_validation(copy(validation))

    def formats_from(self, stencil: Stencil, top: int, bottom: int) -> None:
        """The template's conditional formats on the stencil's rows, over ``top`` … ``bottom`` here."""
        for formatting in list(stencil.sheet.conditional_formatting):
            for area in formatting.sqref.ranges:
                if not stencil.top <= area.min_row <= stencil.bottom:
                    continue
                origin = f"{get_column_letter(area.min_col)}{area.min_row}"
                there = f"{get_column_letter(area.min_col)}{top + area.min_row - stencil.top}"
                reference = f"{there}:{get_column_letter(area.max_col)}{bottom}"
                for rule in formatting.rules:
                    moved = copy(rule)
                    # Its number in the template's list of formats is enough, and openpyxl compares formats slowly.
                    moved.dxf = None
                    moved.formula = [_moved(text, origin, there) for text in rule.formula]
                    self.sheet.conditional_formatting.add(reference, moved)

    def _choices_from(self, stencil: Stencil, top: int, bottom: int) -> None:
        for validation in list(stencil.sheet.data_validations.dataValidation):
            areas = [
                area for area in validation.sqref.ranges if stencil.top <= area.min_row <= stencil.bottom
            ]
            if not areas:
                continue
            columns = [get_column_letter(area.min_col) for area in areas]
            reference = " ".join(f"{column}{top}:{column}{bottom}" for column in columns)
            if stencil.sheet is self.sheet:
                validation.sqref = type(validation.sqref)(reference)
            else:
                moved_validation = copy(validation)
                moved_validation.sqref = type(validation.sqref)(reference)
                self.sheet.add_data_validation(moved_validation)

    def stretch_rules(self, stencil: Stencil, top: int, bottom: int) -> None:
        """The rules on the stencil's own cells of this sheet, over ``top`` … ``bottom`` instead; others stay."""
        standing = [(area, list(area.rules)) for area in self.sheet.conditional_formatting]
        self.sheet.conditional_formatting = ConditionalFormattingList()
        for area, rules in standing:
            reference = str(area.sqref)
            bounds = next(iter(area.sqref.ranges))
            inside = stencil.left <= bounds.min_col and bounds.max_col <= stencil.right
            if inside and stencil.top <= bounds.min_row <= stencil.bottom:
                left, right = get_column_letter(bounds.min_col), get_column_letter(bounds.max_col)
                reference = f"{left}{top}:{right}{bottom}"
            for rule in rules:
                self.sheet.conditional_formatting.add(reference, rule)

    def words(self, row: int, column: int, text: str, **shown: str) -> None:
        """A template's words with ``{names}`` in them, as a formula that follows the named cells; ``shown`` maps each to
        what stands there at first. Formulas in braces take the place of a name where ``shown`` has none by it."""
        parts = re.split(r"\{(.+?)\}", text)
        pieces = [f'"{part}"' if index % 2 == 0 else part for index, part in enumerate(parts) if part]
        value = "".join(part if index % 2 == 0 else shown[part] for index, part in enumerate(parts))
        self.formula(row, column, f"={'&'.join(pieces)}", value)

    def drop_rules(self) -> None:
        """Forget the template's own rules on this sheet, before they are set anew on the rows in use."""
        self.sheet.conditional_formatting = ConditionalFormattingList()
        self.sheet.data_validations.dataValidation = list[DataValidation]()

    def like(self, model: Worksheet) -> None:
        """Take over widths, hidden columns, view and page set-up."""
        for letter, dimension in model.column_dimensions.items():
            mine = self.sheet.column_dimensions[letter]
            mine.width, mine.hidden = dimension.width, dimension.hidden
            mine.min, mine.max = dimension.min, dimension.max
        self.sheet.sheet_properties = copy(model.sheet_properties)
        self.sheet.page_setup = copy(model.page_setup)
        self.sheet.page_setup._parent = self.sheet
        self.sheet.page_margins = copy(model.page_margins)
        self.sheet.print_options = copy(model.print_options)
        self.sheet.HeaderFooter = copy(model.HeaderFooter)
        self.sheet.freeze_panes = model.freeze_panes
        self.sheet.sheet_view.showGridLines = model.sheet_view.showGridLines

    def height_for(self, row: int, text: str, left: int, right: int, points: float = 10) -> None:
        """Make a row as high as its wrapped text needs in the columns ``left`` … ``right``."""
        width = sum(
            self.sheet.column_dimensions[get_column_letter(column)].width for column in range(left, right + 1)
        )
        lines = layout.lines_needed(text, width * 10 / points)
        standing = self.sheet.row_dimensions[row].height or _LINE_POINTS
        self.sheet.row_dimensions[row].height = max(standing, lines * _LINE_POINTS * points / 10 + 2)

    def let_pages_run(self, title_row: int) -> None:
        """One page wide, as many high as it takes, with a row repeated at the top of each."""
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.print_title_rows = f"{title_row}:{title_row}"

    def let_grow(self, row: int) -> None:
        """Keep the row's height as a start, for what jobs write into it later."""
        height = self.sheet.row_dimensions[row].height
        self.sheet.row_dimensions[row] = GrowingRow(self.sheet, index=row, ht=height)

    def name(self, name: str, top: int, left: int, bottom: int, right: int) -> None:
        """A book-scope name of a rectangle here."""
        start, end = f"${get_column_letter(left)}${top}", f"${get_column_letter(right)}${bottom}"
        title = self.sheet.title.replace("'", "''")
        reference = f"'{title}'!{start}" if start == end else f"'{title}'!{start}:{end}"
        self.sheet.parent.defined_names[name] = DefinedName(name, attr_text=reference)


def _moved(formula: str, origin: str, there: str) -> str:
    return str(Translator(f"={formula}", origin=origin).translate_formula(there))[1:]
