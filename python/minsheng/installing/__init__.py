"""Onto an office PC and off it again: the user's own profile alone, without administrator rights or internet.

The three verbs as the .cmd files and the command line run them: sentences out, an exit code back. Standard library only:
the kit runs this from our wheel before anything is installed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..errors import MinshengError, UsageError
from ..log import note_failure
from .doctor import examine
from .installation import install, uninstall
from .profile import Profile
from .windows import registry

__all__ = ["VERBS", "run"]

VERBS = ("install", "uninstall", "doctor")


def run(verb: str, kit: Path | None, say: Callable[[str], None]) -> int:
    """0 done, 1 the check found something, 2 and 3 as everywhere. ``kit``: the folder with the wheels."""
    try:
        return _run(verb, kit, Profile.of(os.environ), say)
    except MinshengError as failure:
        say(str(failure))
        return failure.exit_code
    except KeyboardInterrupt:
        say("已中断。再运行一次即可接着装，或运行“卸载.cmd”清除。")
        return 3
    except Exception as failure:  # noqa: BLE001 - the last resort, as in cli
        say(f"安装程序出错。{note_failure(failure)}")
        return 3


def _run(verb: str, kit: Path | None, profile: Profile, say: Callable[[str], None]) -> int:
    if verb == "install":
        if kit is None:
            raise UsageError("没有说明安装包在哪里。", "请双击安装包里的“安装.cmd”，或写明 --kit 文件夹。")
        install(profile, kit, say)
        say("安装完成。请打开 Excel，上方会多出“民生实事”一栏；没有的话，请运行“检查.cmd”。")
        return 0
    if verb == "uninstall":
        uninstall(profile, say)
        return 0
    checks = examine(profile, registry(), kit)
    for check in checks:
        say(str(check))
    bad = sum(check.good is False for check in checks)
    say(f"检查完毕，有{bad}处要处理。" if bad else "检查完毕，没有发现问题。")
    return 1 if bad else 0
