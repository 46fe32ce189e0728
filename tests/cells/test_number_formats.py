"""A format that shows another number than is stored is told from one that only dresses it."""

from __future__ import annotations

from time import perf_counter

import pytest

from minsheng.cells.flags import CellFlag
from minsheng.cells.number_formats import flag_of_format, is_date_format


@pytest.mark.parametrize(
    ("number", "code"), [(9, ""), (10, ""), (170, "0%"), (170, "0.0 %"), (170, '0"约"%'), (9, "0%")]
)
def test_per_cent(number: int, code: str) -> None:
    assert flag_of_format(number, code) is CellFlag.PERCENT


@pytest.mark.parametrize(
    "code", ['0.0,"万"', '0"万"', "0,", "0.0,,", '0!.0,"万"', "0\\亿", "#,##0,", "[>9999]0,;0", '0"千"']
)
def test_another_number_is_shown(code: str) -> None:
    assert flag_of_format(170, code) is CellFlag.SCALED


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, ""), (1, ""), (3, ""), (49, ""), (0, "General"), (170, "#,##0"), (170, "#,##0.00"), (170, "0_ "), (170, '0"%"'), (170, "0\\%"),
        (170, "#,##0;[Red]-#,##0"), (170, '0"台"'), (10, "0"), (170, "0_%"), (170, "0*%"),
    ],
)  # fmt: skip
def test_the_usual_formats_change_nothing(number: int, code: str) -> None:
    assert flag_of_format(number, code) is None


def test_a_built_in_format_has_no_code() -> None:
    assert flag_of_format(10) is CellFlag.PERCENT
    assert flag_of_format(2) is None
    assert is_date_format(14)
    assert not is_date_format(2)
    assert is_date_format(170, "S.0")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (14, ""),
        (22, ""),
        (31, ""),
        (45, ""),
        (58, ""),
        (170, "yyyy-mm-dd"),
        (170, 'yyyy"年"m"月"'),
        (170, "[h]:mm"),
        (170, "[$-804]M/D"),
    ],
)
def test_days_and_times(number: int, code: str) -> None:
    assert is_date_format(number, code)


@pytest.mark.parametrize(
    ("number", "code"),
    [(0, ""), (13, ""), (23, ""), (26, ""), (37, ""), (44, ""), (48, ""), (49, ""), (59, ""), (170, "General"), (170, '0"days"'), (170, "[Red]0"), (14, "0"),
     (170, "[DBNum1]0"), (170, "0\\d")],
)  # fmt: skip
def test_no_day(number: int, code: str) -> None:
    assert not is_date_format(number, code)


@pytest.mark.parametrize(
    "code", ["[" * 50_000, '"' * 50_001, "0," * 50_000, "0" + "," * 50_000 + "#", "[h" * 50_000]
)
def test_a_format_without_end_is_read_at_once(code: str) -> None:
    started = perf_counter()
    is_date_format(170, code)
    flag_of_format(170, code)
    assert perf_counter() - started < 0.5
