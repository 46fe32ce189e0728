"""What the cells of a project's sheet compute: the sentences of design section 8, as formulas that Excel 2010, WPS and
LibreOffice read alike and that need no array entry.

Everything is said of places (rows, columns, cells), so that a filled-in target, a changed deadline or a settled table is
followed at once. Where a function would add up arrays it is SUMPRODUCT, and where it would pick the last one LOOKUP: both
take arrays without Ctrl+Shift+Enter in every program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter as letter

from ...sheets import layout
from ...sheets.contents import handed_over

__all__ = ["NodePlaces", "OverviewCells", "UnitPlaces"]


@dataclass(frozen=True)
class OverviewCells:
    """Label → absolute reference (``$B$4``) of its value in the overview."""

    cells: Mapping[str, str]

    def __getitem__(self, label: str) -> str:
        return self.cells[label]

    @property
    def goal(self) -> str:
        """The adjusted target where there is one, else the target."""
        adjusted = self[layout.ADJUSTED_TARGET]
        return f'IF({adjusted}="",{self[layout.TARGET]},{adjusted})'

    def if_target(self, text: str) -> str:
        """``text`` where the project has a target and was not cancelled, else nothing."""
        return f'IF(OR({self[layout.TARGET]}="",{self._cancelled}),"",{text})'

    def if_cancelled(self, text: str, otherwise: str) -> str:
        """The formula of what a cancelled project shows, and any other."""
        return f"=IF({self._cancelled},{text},{otherwise})"

    @property
    def _cancelled(self) -> str:
        return f'{self[layout.STANDING]}="{layout.CANCELLED}"'

    def rate(self) -> str:
        """The formula of 完成率, a fraction of four decimals; blank without a target or while the project is silent."""
        actual = self[layout.ACTUAL]
        inner = f'IF(OR({actual}="",N({self.goal})=0),"",ROUND({actual}/{self.goal},4))'
        return f"={self.if_target(inner)}"

    def actual(self, units: UnitPlaces, nodes: NodePlaces, total: str) -> str:
        """``total``, the units' number together; nothing while a project with numeric nodes is silent."""
        silent = f"AND(COUNT({nodes.dues})>0,{units.silent(units.column(layout.LATEST))})"
        heard = f'IF({silent},"",N({total}))'
        return f"={self.if_target(heard)}"


@dataclass(frozen=True)
class NodePlaces:
    """The node rows ``top`` … ``bottom``; ``due`` and ``amount`` are the hidden columns that hold, of a numeric node, its
    deadline, and what it asks for."""

    top: int
    bottom: int
    plan: str
    adjusted: str
    due: str
    amount: str

    @property
    def dues(self) -> str:
        """The deadlines of the numeric nodes."""
        return self._area(self.due)

    def _area(self, column: str) -> str:
        return f"${column}${self.top}:${column}${self.bottom}"

    def deadline(self, row: int, last_month: int) -> str:
        """The day that a numeric node falls due: its deadline, or the end of the 报送周期 that holds it. Nothing for one
        that is judged by its tick: no number, or one that is not above the number before (a repeat)."""
        plan, adjusted = f"{self.plan}{row}", f"{self.adjusted}{row}"
        before = f"IFERROR(LOOKUP(9E+99,{self.plan}${self.top - 1}:{self.plan}{row - 1}),-1)"
        end = f"DATE({layout.NAME_YEAR},{last_month + 1},0)"
        deadline, months = f"IF(ISNUMBER({adjusted}),{adjusted},{end})", layout.NAME_CYCLE_MONTHS
        due = f"IF({months}=1,{deadline},EOMONTH({deadline},MOD(-MONTH({deadline}),{months})))"
        return f'=IF(ISNUMBER({plan}),IF({plan}>{before},{due},""),"")'

    def goal(self, row: int, overview: OverviewCells) -> str:
        """The node's cumulative; an adjusted target caps it, and is what the last numeric node asks for: all rows
        say so in the same words, so that one put in can take them over."""
        plan, adjusted = f"N({self.plan}{row})", overview[layout.ADJUSTED_TARGET]
        is_last = f"COUNT({self.due}{row + 1}:{self.due}${self.bottom + 1})=0"
        return f'=IF({adjusted}="",{plan},IF({is_last},{adjusted},MIN({plan},{adjusted})))'

    def actual(self, row: int, overview: OverviewCells) -> str:
        """The formula of a node row's 实际累计: the project's actual once the node is due, else blank."""
        due = f"{self.due}{row}"
        return f'=IF(ISNUMBER({due}),IF({due}<={layout.NAME_AS_OF},{overview[layout.ACTUAL]},""),"")'

    def last_by(self, day: str) -> str:
        """The goal of the last numeric node due by ``day``, 0 before the first."""
        due = self._area(self.due)
        return f"IFERROR(LOOKUP(2,1/(ISNUMBER({due})*({due}<={day})),{self._area(self.amount)}),0)"

    def largest_by(self, day: str) -> str:
        """The expression of the largest cumulative goal that is due by ``day``, a cell or a name; 0 where none is."""
        due = self._area(self.due)
        return f"SUMPRODUCT(MAX(ISNUMBER({due})*({due}<={day})*{self._area(self.amount)}))"


@dataclass(frozen=True)
class UnitPlaces:
    """The unit rows ``top`` … ``bottom`` under the header row ``top - 1``. The last row is a stand-in's where
    ``stand_in``; ``alone`` is the one row of a project without a table."""

    top: int
    bottom: int
    columns: Mapping[str, int]
    level: bool = False
    stand_in: bool = False
    alone: bool = False

    def column(self, label: str) -> str:
        """The letters of the column under a label. KeyError where the block has none."""
        return str(letter(self.columns[label]))

    def area(self, column: str, bottom: int | None = None) -> str:
        """A column of the block as A1 text with fixed rows, down to ``bottom`` or to the block's own last row."""
        return f"{column}${self.top}:{column}${bottom or self.bottom}"

    def months(self, row: int, *, fixed: bool = False) -> str:
        """The twelve months' cells of a row as A1 text; ``fixed`` keeps the row where a formula is copied down."""
        mark = "$" if fixed else ""
        return f"{self.column(layout.MONTHS[0])}{mark}{row}:{self.column(layout.MONTHS[-1])}{mark}{row}"

    def latest(self, row: int) -> str:
        """The last number of a month not after 截至月. An inserted column has no month in its header: it drops out."""
        months, heads = self.months(row), self.months(self.top - 1, fixed=True)
        due = f'(--SUBSTITUTE({heads},"月","")<={layout.NAME_AS_OF_MONTH})'
        return f'=IFERROR(LOOKUP(2,1/(ISNUMBER({months})*{due}),{months}),"")'

    def handed_over(self, row: int, heirs: Mapping[int, int]) -> str:
        """The same of a unit that ended: ``heirs`` are the rows of those that report for it → the month from which they do."""
        heads, latest = self.months(self.top - 1, fixed=True), self.column(layout.LATEST)
        places = [(self.months(heir), f"{latest}{heir}", since) for heir, since in heirs.items()]
        return handed_over(self.latest(row), places, heads, is_level=self.level)

    def rate(self, row: int, overview: OverviewCells | None) -> str:
        """最新累计 of the unit's part; of a project without a table (``overview`` given) of the target itself."""
        latest = f"{self.column(layout.LATEST)}{row}"
        part = overview[layout.TARGET] if overview else f"{self.column(layout.SHARE)}{row}"
        return f'=IF(OR({latest}="",N({part})=0),"",ROUND({latest}/{part},4))'

    def status(self, row: int, key: str, mark: str, label: str) -> str:
        """The mark's word, where the mark is still this row's."""
        return f'=IF(${key}{row}=${label}{row},{mark}{row}&"","")'

    def total(self, column: str, *, silent_is_zero: bool = False) -> str:
        """The project's number in a column: rows without a part do not count, an unsettled table leaves it to the
        stand-in, and of a level it is the lowest (0 while a unit is silent, where ``silent_is_zero``)."""
        last = self.bottom - self.stand_in
        rows, parts = self.area(column, last), f"${self.area(self.column(layout.SHARE), last)}"
        if self.alone:
            whole = f"SUM({rows})"
        elif self.level:
            lowest = f'-SUMPRODUCT(MAX(-("0"&{rows})-(1-ISNUMBER({parts})*ISNUMBER({rows}))*1E+99))'
            silent = f"SUMPRODUCT(ISNUMBER({parts})*(1-ISNUMBER({rows})))>0"
            heard = f"SUMPRODUCT(ISNUMBER({parts})*ISNUMBER({rows}))=0"
            whole = f"IF({silent if silent_is_zero else heard},0,{lowest})"
        else:
            whole = f'ROUND(SUMIF({parts},"<>",{rows}),6)'
        if self.stand_in:
            whole = f"IF({self._settled()},{whole},N({column}{self.bottom}))"
        return f'=IF(COUNT({self.area(column)})=0,"",{whole})'

    def silent(self, column: str) -> str:
        """Whether no row that counts has a number in a column."""
        last = self.bottom - self.stand_in
        rows, parts = self.area(column, last), f"${self.area(self.column(layout.SHARE), last)}"
        if self.alone:
            return f"COUNT({rows})=0"
        none = f"SUMPRODUCT(ISNUMBER({parts})*ISNUMBER({rows}))=0"
        return f"IF({self._settled()},{none},COUNT({column}{self.bottom})=0)" if self.stand_in else none

    def total_of_parts(self) -> str:
        """The sum of the units' parts; the stand-in's while the table is unsettled."""
        column = self.column(layout.SHARE)
        whole = f"ROUND(SUM({self.area(column, self.bottom - self.stand_in)}),6)"
        if self.stand_in:
            whole = f"IF({self._settled()},{whole},N({column}{self.bottom}))"
        return f'=IF(COUNT({self.area(column)})=0,"",{whole})'

    def _settled(self) -> str:
        share = self.column(layout.SHARE)
        area = f"${self.area(share, self.bottom - 1)}"
        return f"AND(COUNT({area})=ROWS({area}),ROUND(SUM({area})-${share}${self.bottom},6)=0)"

    def month_end(self, month: str) -> str:
        """The last day of the month that the header over a column names."""
        head = f"{self.column(month)}${self.top - 1}"
        return f'DATE({layout.NAME_YEAR},SUBSTITUTE({head},"月","")+1,0)'

    def collected(self, second: UnitPlaces | None) -> str:
        """The expression of the latest month of which any row, of either measure, has a number; 0 before the first."""
        found = []
        for number, month in enumerate(layout.MONTHS, start=1):
            areas = [self.area(self.column(month))]
            if second is not None:
                areas.append(second.area(second.column(month)))
            found.append(f"(COUNT({','.join(areas)})>0)*{number}")
        return f"MAX({','.join(found)})"
