"""``python -m manual DEMO [NAME …]``: take the manual's pictures of the demonstration that lies in a folder, all of them or
those named, into docs/pictures."""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import pages, windows
from .scenes import JUNE, Scenes

if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = "start-form"  # a township's desk: no master is open
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def printed(scenes: Scenes) -> dict[str, Callable[[Path], None]]:
    """Pages: name → what takes it."""

    def page(scene: str, *words: str) -> Callable[[Path], None]:
        return lambda target: pages.taken(getattr(scenes, scene), words, target)

    return {
        "home-lights": page("printed", "2024年民生实事台账", "计划进度"),
        "home-reporting": page("printed", "各单位报送情况"),
        "home-due": page("printed", "下月到期节点"),
        "summary": page("printed", "进展汇总表"),
        "by-unit": page("printed", "按责任单位"),
        "heatmap": page("printed", "镇乡（街道）项目进度"),
        "project": page("printed", "2.★为1.63万", "填报方式"),
        "form": page("form", "填报表"),
        "reply": page("reply", "反馈单"),
        "reminder": page("reminder", "催报单"),
        "bulletin": lambda target: pages.side_by_side(scenes.bulletin, 3, target),
        "added": page("amended", "34.新建口袋公园", "填报方式"),
        "cancelled": page("amended", "26.修缮不可移动文物", "填报方式"),
        "adjusted": page("amended", "22.完成幸福河湖", "填报方式"),
        "postponed": page("amended", "30.完成灌溉泵站", "填报方式"),
        "amended": page("amended", "17.新（改）造农村生活污水", "填报方式"),
    }


def on_screen(scenes: Scenes) -> dict[str, Callable[[windows.Desk, Path], None]]:
    """Windows: name → what takes it at a desk of its own on which the master of May is open."""

    def sheet(tab: str) -> Callable[[windows.Desk, Path], None]:
        return lambda desk, target: windows.shown(desk, tab, target)

    return {
        "panel": windows.panel,
        "repair": lambda desk, target: windows.repairing(desk, "按责任单位", target),
        "panel-question": lambda desk, target: windows.merging(desk, str(JUNE), target),
        "home": sheet("首页"),
        "import-review": sheet("导入核对"),
        "findings": sheet("校验结果"),
        "units": lambda desk, target: windows.merged_units(desk, "茅洋", "石浦", target),
    }


def main() -> int:
    """Take them."""
    demo, wanted = Path(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="minsheng-pictures-") as made:
        scenes = Scenes(demo, Path(made))
        for name, take in printed(scenes).items():
            if not wanted or name in wanted:
                _keep(Path(made) / f"{name}.png", take)
        for name, take in on_screen(scenes).items():
            if not wanted or name in wanted:
                with windows.desk(Path(made) / f"desk-{name}", scenes.may) as desk:
                    _keep(Path(made) / f"{name}.png", partial(take, desk))
        if not wanted or _FORM in wanted:
            with windows.desk(Path(made) / f"desk-{_FORM}", scenes.sent) as desk:
                _keep(Path(made) / f"{_FORM}.png", partial(windows.shown, desk, "填报"))
    return 0


def _keep(picture: Path, take: Callable[[Path], None]) -> None:
    take(picture)
    shutil.copyfile(picture, PICTURES / picture.name)


if __name__ == "__main__":
    sys.exit(main())
