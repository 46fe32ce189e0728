"""The rows of sheet 填报: what a unit reports, with the formulas that tell at once what is wrong with a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from ..domain.duties import report_duties
from ..domain.lateness.measures import last_report, numbers_of
from ..domain.quantity import PERCENT

if TYPE_CHECKING:
    from ..domain.duties import ReportDuty
    from ..domain.master import Master
    from ..domain.period import Period
    from ..domain.project import ReportingUnit

__all__ = [
    "UNFILLED",
    "FormRow",
    "check_formula",
    "form_rows",
    "increase_formula",
    "number_validations",
    "reported_last_month",
]

#: What 核对 shows while 本月累计 is blank.
UNFILLED = "未填"


@dataclass(frozen=True, slots=True)
class FormRow:
    """``before`` is the unit's last number of an earlier month, None where it never gave one."""

    duty: ReportDuty
    before: Decimal | None


def form_rows(master: Master, unit: ReportingUnit, period: Period) -> tuple[FormRow, ...]:
    """The rows of ``unit``'s file for ``period``, in the document's order."""
    numbers = numbers_of(master, period.month)
    return tuple(
        FormRow(duty, last_report(numbers.get(duty.key, {}), period.month - 1))
        for duty in report_duties(master, unit, period.month)
    )


def reported_last_month(master: Master, rows: tuple[FormRow, ...], period: Period) -> bool:
    """Whether the master holds any number of these rows for the month before ``period``."""
    duties = {row.duty.key for row in rows}
    return any(
        report.month == period.month - 1 and report.value is not None and report.key.row in duties
        for report in master.reports
    )


def check_formula(duty: ReportDuty, cells: Mapping[str, str]) -> str:
    """核对: the first thing wrong with 本月累计, else 正常. ``cells`` maps label → address in the row.

    It also catches what was pasted past the validation: text, errors, fractions of counted things.
    """
    value, before, share = cells["本月累计"], cells["上月累计"], cells["全年任务"]
    told = '"正常"'
    if not duty.is_level:
        told = f'IF({value}>{share},"超过任务",{told})'
        told = f'IF({value}<N({before}),"低于上月",{told})'
    if duty.measured_in == PERCENT:
        told = f'IF(AND({value}>0,{value}<=1),"按百分点填",{told})'
    if duty.is_counted:
        told = f'IF({value}<>INT({value}),"应为整数",{told})'
    told = f'IF(NOT(ISNUMBER({value})),"不是数字",IF({value}<0,"不能为负",{told}))'
    return f'=IF(ISERROR({value}),"不是数字",IF({value}="","{UNFILLED}",{told}))'


def increase_formula(cells: Mapping[str, str]) -> str:
    """本月新增, blank until 本月累计 is a number; rounded because a sheet computes 13.6-11.2 as 2.4000000000000004."""
    value, before = cells["本月累计"], cells["上月累计"]
    return f'=IF(ISNUMBER({value}),ROUND({value}-N({before}),6),"")'


def number_validations(cells: Sequence[tuple[ReportDuty, str]]) -> list[DataValidation]:
    """What may be typed into 本月累计 (``cells``: duty and address of each row); the sentence says what was expected.

    One for each unit of measure, and one for each row of per cents, whose formula names the cell.
    """
    found: dict[tuple[str, bool], DataValidation] = {}
    for duty, cell in cells:
        is_percent = duty.measured_in == PERCENT
        key = (cell if is_percent else duty.measured_in, duty.is_counted)
        validation = found.get(key)
        if validation is None:
            validation = found[key] = _percent(cell) if is_percent else _amount(duty)
        validation.add(cell)
    return list(found.values())


def _percent(cell: str) -> DataValidation:
    formula = f"AND(ISNUMBER({cell}),OR({cell}=0,{cell}>1))"
    return _stopping(DataValidation("custom", formula), "请按百分点填数字：55% 填 55。")


def _amount(duty: ReportDuty) -> DataValidation:
    expected = f"请填从1月到本月底一共完成的数（{duty.measured_in}），只填数字，"
    if duty.is_counted:
        return _stopping(DataValidation("whole", "0", operator="greaterThanOrEqual"), expected + "不带小数。")
    return _stopping(DataValidation("decimal", "0", operator="greaterThanOrEqual"), expected + "不小于0。")


def _stopping(validation: DataValidation, expected: str) -> DataValidation:
    validation.errorStyle, validation.errorTitle, validation.error = "stop", "填的不是合适的数字", expected
    validation.allow_blank = validation.showErrorMessage = True
    return validation
