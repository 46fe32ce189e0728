"""汇总 against plain python-calamine and pandas: reading, judging and planning 1,440 files, and 33, in one run.

Baselines: every sheet of every file read by python-calamine, nothing looked at, one file after the other and with two
threads; and a loop of ``pandas.read_excel`` with openpyxl, its default for .xlsx. Rounds are interleaved and medians compared. What is
bounded is the time of the processor: on a machine that others use too, the clock on the wall tells of them. The wall's
ratios are printed beside it.
"""

from __future__ import annotations

import gc
import io
import pickle
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from minsheng.building import submission as building
from minsheng.domain import merging
from minsheng.domain.document import TaskDocument
from minsheng.domain.duties import recipients, report_duties
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.project import Allocation, ReportingUnit, UnitKind
from minsheng.incoming import task_document
from minsheng.jobs.importing import sample_document
from minsheng.jobs.merging import planned

JUNE = Period(2024, 6)
MANY, ROUNDS, PANDAS_FILES = 1440, 5, 60
#: Times the baseline named beside it: what must hold, and what is aimed at where that is not reached yet.
BOUND_MANY, BOUND_PANDAS, BOUND_33, BOUND_33_BEYOND = 3.0, 7.0, 1.5, 3.5
GOAL_MANY, GOAL_PANDAS = 1.5, 20.0
#: Spreadsheets that are no 填报表, in one inbox, and the most memory in MB that a process may take for them.
ALIENS, BOUND_ALIENS = 5000, 300
#: Memory of a run over 1,440 files beyond one over 33, for each file (what is kept of it: rows, words, findings).
BOUND_BYTES_A_FILE = 64 << 10


def the_county() -> Master:
    return Master(task_document.read(sample_document()).document)


def filled(master: Master, unit: ReportingUnit) -> bytes:
    """The unit's form with a number in every row, saved as a spreadsheet program saves it."""
    workbook = load_workbook(io.BytesIO(building.build(master, unit, JUNE)))
    sheet = workbook["填报"]
    duties = {(duty.label, duty.unit): duty for duty in report_duties(master, unit)}
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    columns = {cell.value: cell.column - 1 for cell in header}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        duty = duties.get((str(row[columns["序号"]].value), row[columns["承担单位"]].value))
        if duty is not None:
            row[columns["本月累计"]].value = 60 if duty.measured_in == "%" else 1
            row[columns["进展说明"]].value = f"{unit.name}正在推进，已完成前期工作"
    out = io.BytesIO()
    workbook.save(out)
    return rewritten(out.getvalue(), in_utf8)


def in_utf8(part: bytes) -> bytes:
    """openpyxl writes Chinese as &#31532;, the programs of an office do not."""
    return re.sub(rb"&#(\d{3,});", lambda match: chr(int(match[1])).encode(), part)


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package with every part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            target.writestr(info.filename, change(source.read(info)))
    return out.getvalue()


def many_units(count: int) -> tuple[Master, bytes]:
    """A province: the county's projects with ``count`` townships, and the form of the first of them."""
    county = the_county()
    names = [f"第{number:04d}镇" for number in range(count)]
    projects = tuple(
        replace(
            project,
            allocations=tuple(Allocation(name, Decimal(10)) for name in names),
            allocation_total=Decimal(10 * count),
            stand_in=None,
        )
        if project.allocations
        else project
        for project in county.document.projects
    )
    units = tuple(ReportingUnit(name, UnitKind.TOWNSHIP) for name in names)
    bureaus = tuple(unit for unit in county.document.units if unit.kind is UnitKind.BUREAU)
    master = Master(TaskDocument(county.document.title, 2024, units + bureaus, projects))
    return master, filled(master, units[0])


def for_unit(data: bytes, number: int) -> bytes:
    """The first township's file as that of another one: its name replaced in every part."""
    name = f"第{number:04d}镇".encode()
    return rewritten(data, lambda part: part.replace("第0000镇".encode(), name))


def calamine(path: Path) -> None:
    workbook = CalamineWorkbook.from_path(str(path))
    for title in workbook.sheet_names:
        workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)


def serial(files: list[Path]) -> None:
    for file in files:
        calamine(file)


def two_threads(files: list[Path]) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(calamine, files))


def pandas_loop(files: list[Path]) -> None:
    for file in files:
        pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")


def ours(master: Master, folder: Path) -> merging.MergePlan:
    return planned(master, folder, JUNE)


def processor() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def compared(works: dict[str, Callable[[], Any]]) -> dict[str, tuple[float, float]]:
    """Name → (processor, wall) in seconds, medians of interleaved rounds."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for round_ in range(ROUNDS + 1):
        for name, work in works.items():
            gc.collect()
            wall, used = time.perf_counter(), processor()
            work()
            if round_:  # the first warms up
                times[name].append((processor() - used, time.perf_counter() - wall))
    return {name: tuple(map(median, zip(*values, strict=True))) for name, values in times.items()}  # type: ignore[misc]


def held(
    what: str, measured: float, bound: float, beside: str = "", *, at_least: bool = False, unit: str = "×"
) -> bool:
    good = measured >= bound if at_least else measured <= bound
    sign = "≥" if at_least else "≤"
    print(f"{'  ' if good else '! '}{what}: {measured:.2f}{unit}, bound {sign} {bound:g}{unit} {beside}")
    return good


#: What a click does with an inbox, from the interpreter's start on: load, read, judge, plan.
CLICK = """
import pickle, sys
from pathlib import Path
from minsheng.domain.period import Period
from minsheng.incoming.forms import read_inbox
from minsheng.jobs.merging import planned
planned(pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), Period(2024, 6))
"""


def click(master: Path, folder: Path) -> float:
    """Processor seconds of a new process that does it."""
    before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    subprocess.run([sys.executable, "-c", CLICK, str(master), str(folder)], check=True)
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before


def aliens(folder: Path) -> None:
    """An inbox of workbooks that are no 填报表: small and large, of numbers and of texts, one of many sheets."""
    sizes = [
        (10, 4, 1),
        (60, 12, 3),
        (400, 8, 1),
        (150, 30, 2),
        (12_000, 15, 1),
        (20, 20, 12),
        (3_000, 60, 1),
    ]
    books = [alien(number, *size) for number, size in enumerate(sizes)]
    for number in range(ALIENS):
        # One in fifty is large.
        kind = 4 if number % 100 == 0 else 6 if number % 100 == 50 else (0, 1, 2, 3, 5)[number % 5]
        (folder / f"{number}.xlsx").write_bytes(books[kind])


def alien(number: int, rows: int, columns: int, sheets: int) -> bytes:
    """A workbook of another office, of so many rows and columns in each of its sheets."""
    chance = random.Random(number)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        percent = book.add_format({"num_format": "0.0%"})
        for _ in range(sheets):
            sheet = book.add_worksheet()
            sheet.merge_range(0, 0, 0, 3, "某某年度统计表")
            for row in range(1, rows):
                for column in range(columns):
                    if column % 3:
                        sheet.write_number(row, column, chance.random(), percent if column == 1 else None)
                    else:
                        sheet.write_string(
                            row, column, f"第{chance.randrange(rows)}户{'村' * chance.randrange(9)}"
                        )
    return out.getvalue()


#: What a dry run does with an inbox; it prints the most memory that it took, in MB.
PEAK = """
import pickle, resource, sys
from pathlib import Path
from minsheng.domain.period import Period
from minsheng.jobs.merging import planned
plan = planned(pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), Period(2024, 6))
print(len(plan.rejected), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


def peak(master: Path, folder: Path) -> int:
    """The most memory, in MB, of a new process that looks through the inbox."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(master), str(folder)], check=True, capture_output=True, text=True
    )
    rejected, megabytes = map(int, done.stdout.split())
    assert rejected == ALIENS
    return megabytes


def main() -> int:
    good = []
    with tempfile.TemporaryDirectory() as name:
        many, few, none = Path(name, "many"), Path(name, "few"), Path(name, "none")
        for folder in (many, few, none):
            folder.mkdir()
        master, first = many_units(MANY)
        for number in range(MANY):
            (many / f"{number}.xlsx").write_bytes(for_unit(first, number))
        county = the_county()
        for unit in recipients(county):
            (few / f"{unit.name}.xlsx").write_bytes(filled(county, unit))
        files, county_files = sorted(many.iterdir()), sorted(few.iterdir())
        print(f"{len(files)} files of {files[0].stat().st_size >> 10} KB, {len(county_files)} of a county")
        plan = ours(master, many)
        assert len(plan.merged) == MANY
        assert not plan.rejected
        print(f"  {len(plan.numbers)} numbers, {len(plan.findings)} findings")

        took = compared(
            {
                "ours": lambda: ours(master, many),
                "calamine": lambda: serial(files),
                "calamine, two threads": lambda: two_threads(files),
            }
        )
        for what, (used, wall) in took.items():
            print(
                f"  {what}: {used / MANY * 1e6:.0f} µs of the processor a file, {wall / MANY * 1e6:.0f} on the wall"
            )
        (used, wall), base = took["ours"], took["calamine, two threads"]
        good.append(
            held(
                "1,440 files against calamine with two threads",
                used / base[0],
                BOUND_MANY,
                f"(goal {GOAL_MANY:g}×; wall {wall / base[1]:.2f}×)",
            )
        )
        sample = files[:PANDAS_FILES]
        pandas_loop(sample[:3])
        start = processor()
        pandas_loop(sample)
        pandas_used = (processor() - start) / PANDAS_FILES * MANY
        good.append(
            held(
                "pandas.read_excel loop against ours",
                pandas_used / used,
                BOUND_PANDAS,
                f"(goal {GOAL_PANDAS:g}×)",
                at_least=True,
            )
        )

        took = compared({"ours": lambda: ours(county, few), "calamine": lambda: serial(county_files)})
        stored = Path(name, "master.pickle")
        stored.write_bytes(pickle.dumps(county))
        fixed, whole = [], []
        for _ in range(ROUNDS):
            fixed.append(click(stored, none))
            whole.append(click(stored, few))
        plain, start = took["calamine"][0], median(fixed)
        print(
            f"  33 files: ours {took['ours'][0] * 1000:.1f} ms warm, calamine {plain * 1000:.1f} ms; a new process "
            f"{median(whole) * 1000:.0f} ms with them, {start * 1000:.0f} ms without"
        )
        good.append(
            held(
                "33 files beyond the start against 33 plain reads",
                (median(whole) - start) / plain,
                BOUND_33_BEYOND,
                f"(goal {GOAL_MANY:g}×)",
            )
        )
        good.append(
            held(
                "33 files in a new process against 33 plain reads and the fixed start",
                median(whole) / (plain + start), BOUND_33,
            )
        )  # fmt: skip

        tracemalloc.start()
        ours(county, few)
        tracemalloc.reset_peak()
        ours(county, few)
        small = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        ours(master, many)
        a_file = (tracemalloc.get_traced_memory()[1] - small) / MANY
        tracemalloc.stop()
        good.append(
            held("memory a file beyond the first 33", a_file / 1024, BOUND_BYTES_A_FILE / 1024, unit=" KB")
        )

        strange = Path(name, "strange")
        strange.mkdir()
        aliens(strange)
        good.append(
            held(f"memory of {ALIENS} alien spreadsheets", peak(stored, strange), BOUND_ALIENS, unit=" MB")
        )
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
