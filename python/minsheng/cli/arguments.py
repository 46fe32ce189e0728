"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ..domain.period import Period

__all__ = ["Commands", "the_master", "with_day", "with_json", "with_period"]

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
    """The month that the command is about."""
    command.add_argument("--period", type=_a_period, required=True, metavar="P", help="填报月份，如 2024-06")


def _a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2024-06-30 的样子，而不是“{text}”") from None


def _a_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"月份要写成 2024-06 的样子，而不是“{text}”") from None
