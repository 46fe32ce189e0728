"""One rounding rule, half up, wherever a number is shown: by the domain in decimals, by formulas in binary floats."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from minsheng.domain.quantity import round_half_up

#: Goals that divide into exact halves of the place that is rounded to.
_GOALS = {4: (20000, 2000, 160, 32, 7), 2: (200, 40, 8, 16, 3)}


@pytest.mark.libreoffice
def test_formulas_round_as_the_domain_does_also_where_a_half_is_no_binary_fraction(
    soffice: str, tmp_path: Path
) -> None:
    """ROUND(a/b, n) at every tie: 0.12345 is 0.1235, 0.285 is 0.29, although neither is a float."""
    book = Workbook()
    sheet = book.active
    wanted: list[Decimal] = []
    for places, goals in _GOALS.items():
        for goal in goals:
            for part in range(1, min(2 * goal, 4001)):
                sheet.append([f"=ROUND({part}/{goal},{places})"])
                wanted.append(round_half_up(Decimal(part) / goal, places))
    path, out = tmp_path / "ties.xlsx", tmp_path / "out"
    book.save(path)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    shown = [
        row[0] for row in load_workbook(out / path.name, data_only=True).active.iter_rows(values_only=True)
    ]
    assert [
        (i, s, w) for i, (s, w) in enumerate(zip(shown, wanted, strict=True)) if Decimal(repr(s)) != w
    ] == []
