"""Whatever last year's units are called and whatever the document prints: no row is lost, no two rows become one, nothing is
guessed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from minsheng.domain.document import TaskDocument
from minsheng.domain.next_year import following
from minsheng.domain.project import Allocation, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity

NAMES = st.sampled_from(
    [base + rank for base in ("石浦", "丹东", "爵溪") for rank in ("", "镇", "街道", " 镇")]
)


@st.composite
def units(draw: st.DrawFn) -> tuple[ReportingUnit, ...]:
    """Last year's: each name once, aliases as a clerk may have typed them, wrong ones too."""
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    return tuple(
        ReportingUnit(name, UnitKind.TOWNSHIP, tuple(draw(st.lists(NAMES, unique=True, max_size=2))))
        for name in names
    )


@st.composite
def documents(draw: st.DrawFn) -> TaskDocument:
    """Two tables of units, every one of which the document lists."""
    tables = [draw(st.lists(NAMES, unique=True, min_size=1, max_size=4)) for _ in range(2)]
    projects = tuple(
        Project(number, False, f"新建{number}处", Quantity(Decimal(len(table)), "处"), "", "县住建局", "",
                allocations=tuple(Allocation(name, Decimal(place)) for place, name in enumerate(table)))
        for number, table in enumerate(tables, start=1)
    )  # fmt: skip
    printed = dict.fromkeys(name for table in tables for name in table)
    listed = tuple(ReportingUnit(name, UnitKind.TOWNSHIP) for name in printed)
    return TaskDocument("2025年", 2025, listed, projects)


@given(documents(), units(), st.sampled_from([True, False, None]))
def test_names_of_last_year(
    document: TaskDocument, known: tuple[ReportingUnit, ...], answer: bool | None
) -> None:
    asked: set[str] = set()

    def is_same(printed: str, _unit: ReportingUnit) -> bool | None:
        asked.add(printed)
        return answer

    found = following(document, TaskDocument("2024年", 2024, known, ()), "去年.xlsx", is_same).document
    listed = [unit.name for unit in found.units]
    assert len(set(listed)) == len(listed)
    for before, after in zip(document.projects, found.projects, strict=True):
        assert [row.quantity for row in after.allocations] == [row.quantity for row in before.allocations]
        assert len({row.unit for row in after.allocations}) == len(before.allocations)
        assert {row.unit for row in after.allocations} <= set(listed)
        for printed, row in zip(before.allocations, after.allocations, strict=True):
            if printed.unit == row.unit:
                continue
            says = [unit.name for unit in known if printed.unit in unit.aliases]
            assert says == [row.unit] or (answer is True and printed.unit in asked)
    for unit in found.units:
        assert not set(unit.aliases) & set(listed)
