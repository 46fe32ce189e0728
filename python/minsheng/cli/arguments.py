"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ..cells.dates import FIRST_YEAR, LAST_YEAR
from ..cells.numbers import whole_number
from ..domain.period import PeriodName

__all__ = ["Commands", "the_master", "with_day", "with_json", "with_period", "with_year"]

_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
_YEARS_SAID = f"年份要在{FIRST_YEAR}到{LAST_YEAR}之间"

#: What a command adds itself to.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def the_master(command: argparse.ArgumentParser) -> None:
    """The workbook that the command works on."""
    command.add_argument("master", type=Path, metavar="MASTER", help="总表 .xlsx")


def with_json(command: argparse.ArgumentParser) -> None:
    """One JSON document on stdout."""
    command.add_argument("--json", action="store_true", help="在标准输出上给出一个 JSON 文档")


def with_day(command: argparse.ArgumentParser) -> None:
    """The day that lateness is judged on."""
    command.add_argument("--as-of", type=_a_date, metavar="D", help="截至日期，如 2024-06-30")


def with_period(command: argparse.ArgumentParser) -> None:
    """The period that the command is about, named by its last month."""
    command.add_argument(
        "--period", type=_a_period, required=True, metavar="P", help="期次，如 2024-06、6月、二季度、上半年"
    )


def with_year(command: argparse.ArgumentParser) -> None:
    """The year of a document that does not say it."""
    command.add_argument("--year", type=_a_year, metavar="Y", help="任务书的年度（文中没有写时）")


def _a_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2024-06-30 的样子，而不是“{text}”") from None
    if day.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{_YEARS_SAID}，而不是“{text}”")
    return day


def _a_year(text: str) -> int:
    year = whole_number(text)
    if year is None or year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{_YEARS_SAID}，而不是“{text}”")
    return year


def _a_period(text: str) -> PeriodName:
    try:
        period = PeriodName.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"期次要写成 2024-06、6月、二季度或上半年的样子，而不是“{text}”"
        ) from None
    if period.year is not None and period.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{_YEARS_SAID}，而不是“{text}”")
    return period
