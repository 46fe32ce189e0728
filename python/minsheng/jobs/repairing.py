"""修复: what is missing or damaged of ours is made again as it was built, and a master of an older version is brought to
this one; listed first. Numbers come from what stands and from 汇总记录, never from anywhere else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from xlengines.graft import at_a_stretch

from ..domain.change import Change, Standing
from ..domain.fields import VALUE
from ..domain.report import Report, ReportKey
from ..sheets import layout
from ..sheets.contents import IMPORT, LAYOUT, FactKind, book_facts, book_rows, fact_rows
from ..sheets.entries import node_writes, number_writes
from ..sheets.facts_sheet import Facts
from ..sheets.gaps import SETTINGS
from ..sheets.graft import Graft, Grafts, areas_on, own_cells
from ..sheets.image import SheetImage
from ..sheets.log_entries import Repaired
from ..sheets.log_sheet import appended
from ..sheets.mended_cells import Anchors, lost_formulas, lost_labels
from ..sheets.open_master import OpenMaster
from ..sheets.overview_grafts import OVERVIEWS, ours_on
from ..sheets.pages import Pages
from ..sheets.places import PROJECT_PLACE, Area
from ..sheets.settings_sheet import SettingsSheet
from ..sheets.settings_writes import carried_settings
from ..sheets.table_graft import carried_rows
from ..sheets.unit_rows import heatmap_differs, older_names
from ..sheets.writing import Write, apply
from . import unwatched
from .judging import Shown, rejudged
from .kept_copies import digests, keep, left_as
from .merging import logged, now_and_who
from .periods import log_period
from .renewing import built, carry_projects
from .repair_model import Model
from .undoing import has_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import xlwings as xw

    from ..sheets.log_sheet import MergeLog
    from . import Progress

__all__ = ["Repair", "repair"]


@dataclass(frozen=True)
class Repair:
    """``steps`` is what is done, ``unknown`` what cannot be known any more or has to be done by hand; a sentence each. ``kept``
    is the name of the copy of the master as it was before, beside it; empty in a program, which saves nothing by itself."""

    steps: tuple[str, ...]
    unknown: tuple[str, ...]
    applied: bool = False
    kept: str = ""


def repair(
    book: xw.Book,
    source: Path | None = None,
    *,
    agreed: Callable[[Repair], bool] = lambda _plan: True,
    progress: Progress = unwatched,
) -> Repair:
    """List what is missing or damaged, ask ``agreed``, and make it again in one go. ``source`` is the 任务书, for a master
    that no longer knows what it was made from. Of a file a copy is kept first, from which 撤销 takes the repair back.

    NotAMaster; MasterDamaged where nothing says what the master was; NotATaskDocument (``source`` is another year's);
    CannotSave where no copy can be kept; CannotWrite, HostFailed: nothing is changed.
    """
    signed = now_and_who()
    progress("检查总表")
    master = OpenMaster.read(book)
    facts = Facts.read(book, master.places, master.names)
    model = Model.of(master, facts, source)
    shown = Shown.by(master)
    progress("按任务书重建对照")
    with built(book, model.document) as fresh:
        plan = _Plan(master, facts, model, Grafts(book, fresh))
        plan.make()
        found = Repair(tuple(plan.steps), (*model.unknown, *plan.unknown))
        if not found.steps:
            return replace(found, unknown=(*found.unknown, *_still(master)))
        if not agreed(found):
            return found
        progress("修复")
        with keep(book, signed[0]) as (kept, digest):
            before = digests(book) if kept else {}
            at_a_stretch(book, plan.carry_out)
            mended = OpenMaster.read(book)
            _fill_again(book, mended, plan, shown)
            done = [Repaired(step, "", kept, digest) for step in found.steps]
            done += left_as(book, before, mended.places.areas[layout.NAME_LOG].sheet, kept) if kept else []
            rows = logged(mended.needed_log(), log_period(mended.master), signed, done)
            # Of a log that is lost, 底稿 still has the batches.
            rows = [replace(row, batch=max(row.batch, facts.next_batch)) for row in rows]
            apply(mended.pages, appended(mended, rows), mended.images)
    return replace(found, unknown=(*found.unknown, *_still(mended)), applied=True, kept=kept)


def _still(master: OpenMaster) -> list[str]:
    """What cannot be read and is nothing that was built: the clerk's to put right."""
    return [f"{gap.finding.message}{gap.finding.advice}" for gap in master.gaps]


@dataclass
class _Plan:
    """What is to be done, sheet by sheet, and doing it."""

    master: OpenMaster
    facts: Facts
    model: Model
    grafts: Grafts
    steps: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    planted: list[Graft] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    images: dict[str, SheetImage] = field(default_factory=dict)

    def make(self) -> None:
        """Look at every sheet that a master of this version has."""
        tabs, wanted = self.master.pages.tabs(), self.grafts.built.tabs()
        standing = dict(areas_on(self.master.places, tabs))
        built = areas_on(self.grafts.places, wanted)
        behind = ""
        for source in wanted:
            mine = {name: area for name, area in built if area.sheet == source}
            homes = Counter(standing[name].sheet for name in mine if name in standing)
            tab = homes.most_common(1)[0][0] if homes else source if source in tabs else ""
            if source == layout.SHEET_FACTS:
                self._facts(tab)
            elif not tab:
                self.planted.append(Graft(source, behind=behind))
                self.lost |= mine.keys()
                self.steps.append(f"工作表“{source}”没有了，重新生成。")
                self.unknown += [_GONE[name] for name in mine if name in _GONE]
                behind = source
            else:
                self._sheet(source, tab, mine, standing)
                behind = tab
        self._older_names()
        for copy in self.master.places.copies:
            self.steps.append(f"“{copy}”是复制出来的工作表，去掉它重复的名称；它的内容留着。")

    @property
    def is_older(self) -> bool:
        """Whether the master was built by an older version."""
        return self.facts.book is None or self.facts.book.layout != LAYOUT

    def _older_names(self) -> None:
        """Older names of units on sheets that stay."""
        replaced = {graft.replaced for graft in self.planted}
        found = [older for older in older_names(self.master) if older.sheet not in replaced]
        self.writes += [older.write for older in found]
        for text, unit in dict.fromkeys((older.text, older.unit) for older in found):
            tabs = dict.fromkeys(f"“{o.sheet}”" for o in found if (o.text, o.unit) == (text, unit))
            self.steps.append(f"旧名“{text}”改成“{unit}”：{'、'.join(tabs)}。")

    def _facts(self, tab: str) -> None:
        if not tab or self.facts.table is None or self.is_older:
            self.steps.append("记下各项目的底稿（隐藏的工作表），以后丢了工作表可以重建。")

    def _sheet(self, source: str, tab: str, mine: dict[str, Area], standing: dict[str, Area]) -> None:
        """One sheet that stands."""
        old = self.master.images.get(tab) or self.master.pages.image(tab)
        self.images[tab] = old
        new = self.grafts.built.image(source)
        lost = [name for name, area in mine.items() if name not in standing or standing[name].sheet != tab]
        moved = any(
            name in standing and standing[name].a1 != area.a1
            for name, area in mine.items()
            if name not in lost
        )
        grows = source not in OVERVIEWS and not _is_project(source)
        whole = Area(source, new.top, new.left, new.bottom, new.right)
        labelled = [whole] if _is_project(source) else _headers(mine) if grows else mine.values()
        anchors = Anchors.of(old, new, labelled, _LABELS)
        gaps = [gap for gap in self.master.gaps if gap.finding.sheet == tab]
        with_formulas = [whole] if _is_project(source) else [] if grows else mine.values()
        formulas = [] if moved and not grows else [*lost_formulas(old, new, with_formulas)]
        is_behind = source == layout.SHEET_HEATMAP and any(heatmap_differs(self.master))
        if not (lost or gaps or formulas or anchors.lost or is_behind or (moved and self.is_older)):
            return
        must_be_anew = moved and (self.is_older or not grows)
        is_list = source in OVERVIEWS and bool(lost or anchors.lost or is_behind)
        if anchors.stand and not must_be_anew and not is_list:
            labels = lost_labels(anchors)
            self.writes += [*labels, *formulas]
            self.names |= {name: replace(mine[name], sheet=tab).reference for name in lost}
            for found, words in ((lost, "处名称"), (labels, "处表头"), (formulas, "处公式")):
                if found:
                    self.steps.append(f"“{tab}”恢复{len(found)}{words}{_where(found)}。")
        elif self._can_be_carried(source, lost):
            self.planted.append(Graft(source, replaced=tab))
            self.steps.append(f"“{tab}”按原来的版式重新生成，已填的内容带过去。")
        else:
            self.unknown.append(
                f"“{tab}”有读不出来的地方，行列又挪动过，怕弄错，没有动它：请按“校验”逐处改正后再修复。"
            )

    def _can_be_carried(self, source: str, lost: list[str]) -> bool:
        """Whether everything that somebody filled in on a sheet can be found again, to go onto a new one."""
        if _is_project(source):
            sheet = self.master.projects.get(int(source))
            return sheet is not None and sheet.project is not None
        if source == layout.SHEET_SETTINGS:
            return not self.master.lacks(SETTINGS)
        return source in OVERVIEWS or not lost

    def carry_out(self) -> None:
        """Do it, or leave everything as it was."""
        book, master = self.grafts.book, self.master
        try:
            for graft in self.planted:
                self.grafts.put_in(replace(graft, behind=self.grafts.tabs.get(graft.behind, graft.behind)))
            self.grafts.name()
            for name, reference in self.names.items():
                self.grafts.point(name, reference)
            numbers = [
                number for number in master.projects if layout.project_sheet(number) in self.grafts.tabs
            ]
            carry_projects(self.grafts, master, numbers)
            for graft in self.planted:
                self._carry(graft)
            apply(Pages(book), self.writes, self.images)
        except BaseException:
            self.grafts.take_back()
            raise
        self.grafts.complete()
        for copy in master.places.copies:
            for label, name in book.sheets[copy].names.impl.snapshot():
                if PROJECT_PLACE.fullmatch(label.rpartition("!")[2]):
                    name.delete()

    def _carry(self, graft: Graft) -> None:
        """What the clerk has, and what jobs wrote, on a sheet that is no project's."""
        if not graft.replaced or _is_project(graft.source):
            return
        book, tab = self.grafts.book, self.grafts.tabs[graft.source]
        old, new = self.images[graft.replaced], SheetImage.read(book.sheets[tab])
        if graft.source in OVERVIEWS:
            ours = ours_on(self.master, self.grafts.places, graft.source, new)
            writes = own_cells(old, ours, new, new.bottom, tab)
        elif graft.source == layout.SHEET_SETTINGS:
            images = {graft.source: self.grafts.built.image(graft.source)}
            fresh = SettingsSheet.read(self.grafts.places, images)
            writes = carried_settings(self.master.settings, fresh, tab)
        else:
            writes = carried_rows(old, new, tab, [*self._tables(graft)])
        apply(Pages(book), writes, {tab: new})

    def _tables(self, graft: Graft) -> Iterator[tuple[Area, Area]]:
        """The tables of a sheet: where each stands, and where it is built."""
        for name, area in areas_on(self.grafts.places, [graft.source]):
            if (standing := self.master.places.get(name)) is not None and standing.sheet == graft.replaced:
                yield standing, area


#: What goes with a sheet and nothing else says.
_GONE = {
    layout.NAME_LOG: "“汇总记录”以前的内容找不回来，以前的汇总不能再撤销。",
    layout.NAME_PARAMETERS: "“设置”里的截至日期、本期、收件夹等按默认值，请重新填写。",
    layout.NAME_DETAILS: "“填报明细”按“汇总记录”恢复；手工填在里面的找不回来。",
    layout.NAME_READINGS: "“导入核对”里导入时的提示找不回来。",
}
_LABELS: frozenset[str] = frozenset().union(
    layout.OVERVIEW_LABELS,
    layout.UNIT_COLUMNS,
    layout.NODE_COLUMNS,
    layout.UNIT_MARK_COLUMNS,
    layout.NODE_MARK_COLUMNS,
    layout.PROJECT_MARK_COLUMNS,
    (layout.TOTAL_ROW, layout.PLAN_ROW),
    layout.PARAMETER_COLUMNS,
    layout.UNIT_SETTING_COLUMNS,
    layout.CONTAINMENT_COLUMNS,
    layout.RULE_COLUMNS,
    *(labels for _, labels in layout.TABLES.values()),
)


def _is_project(source: str) -> bool:
    return source.isdigit()


def _headers(mine: dict[str, Area]) -> list[Area]:
    """The first rows of tables, below which everything is somebody's."""
    return [replace(area, bottom=area.top) for area in mine.values()]


def _where(found: Sequence[str | Write]) -> str:
    listed = [each if isinstance(each, str) else each.area.a1 for each in found]
    return f"（{'、'.join(listed[:5])}{'等' if len(listed) > 5 else ''}）"


def _fill_again(book: xw.Book, master: OpenMaster, plan: _Plan, shown: Shown) -> None:
    """What 汇总记录 knows of the numbers and words that went with a sheet, the master's id, 底稿, and the judgement; into the
    mended ``master``."""
    model = plan.model
    log = master.needed_log()
    place = master.settings.cells[layout.PARAM_ID]
    writes = (
        [] if master.settings.id == model.id else [Write(master.settings.image.sheet, *place, [[model.id]])]
    )
    if plan.is_older:
        known = plan.facts.said()
        rows = [
            *book_rows(IMPORT, book_facts(model.document, model.id)),
            *fact_rows(
                IMPORT, FactKind.DOCUMENT, [p for p in model.document.projects if p.number not in known]
            ),
        ]
        writes += Facts.read(book, master.places, master.names).appended(book, master, rows)
    changes = list(_logged(master, log, plan))
    changed = Standing(master.master).after(changes)
    after = {report.key: report for report in changed.reports}
    told = {c.key: after.get(c.key) or Report(*c.key) for c in changes if isinstance(c.key, ReportKey)}
    writes += [*number_writes(master, changes), *node_writes(master, changes)]
    writes += master.needed_details().writes(told)
    writes += rejudged(master, changed, log, shown)
    master.apply(book, writes)


def _logged(master: OpenMaster, log: MergeLog, plan: _Plan) -> Iterator[Change]:
    """The last change of every place that went with a sheet."""
    standing = Standing(master.master)
    changes = [each.what for each in log.standing() if isinstance(each.what, Change)]
    words_lost = layout.NAME_DETAILS in plan.lost
    for change in {each.place: each for each in changes}.values():
        is_lost = change.key.project in plan.model.lost or (words_lost and change.field != VALUE.name)
        if is_lost and has_place(master, change) and standing.value(change.place) != change.new:
            yield replace(change, old=standing.value(change.place))
