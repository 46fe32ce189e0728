# -*- coding: utf-8 -*-
"""What the three .cmd files run: looks for a Python that will do, then lets minsheng.installing do the work.

Written so that an old Python can still read it and say that it is too old.
"""

import glob
import os
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = ((3, 13), (3, 12), (3, 11))
#: Exit 0 where the interpreter that runs it will do.
PROBE = (
    "import struct, sys; "
    "sys.exit(not (sys.version_info[:2] in %r and struct.calcsize('P') == 8 and 'windowsapps' not in sys.base_prefix.lower()))"
) % (VERSIONS,)


def main(verb, chosen):
    suits = sys.version_info[:2] in VERSIONS and struct.calcsize("P") == 8
    if not suits or "windowsapps" in sys.base_prefix.lower():
        other = None if chosen else another()
        if other:
            return subprocess.call(other + ["-I", os.path.abspath(__file__), verb, "chosen"])
        if verb == "install" or sys.version_info < (3, 11):
            print(
                "这台电脑上的 Python 是 %d.%d（%d 位，%s），不能用。\n"
                "请安装 python.org 的 3.11—3.13 版 64 位 Python（Windows installer 64-bit），再运行一次。"
                % (sys.version_info[0], sys.version_info[1], 8 * struct.calcsize("P"), sys.executable)
            )
            return 2
    wheels = sorted(glob.glob(os.path.join(glob.escape(HERE), "wheels", "minsheng-*.whl")))
    if not wheels:
        print("安装包不完整，没有找到程序。请先把整个压缩包解压到一个文件夹，再运行一次。")
        return 3
    sys.path.insert(0, wheels[-1])
    from pathlib import Path

    from minsheng.installing import run

    return run(verb, Path(HERE), print)


def another():
    """The command of another interpreter that will do, or None."""
    candidates = []
    # In full: Windows looks for a bare name in the current folder too.
    for launcher in (
        os.path.join(os.environ.get("SystemRoot", ""), "py.exe"),
        os.path.join(os.environ.get("LOCALAPPDATA", ""), "Programs", "Python", "Launcher", "py.exe"),
    ):
        candidates += [[launcher, "-%d.%d" % version] for version in VERSIONS if os.path.isabs(launcher)]
    for folder in (
        os.path.join(os.environ.get("LOCALAPPDATA", ""), "Programs", "Python"),
        os.environ.get("ProgramFiles", ""),
    ):
        for version in VERSIONS:
            python = os.path.join(folder, "Python%d%d" % version, "python.exe")
            candidates += [[python]] if os.path.isabs(python) else []
    for command in candidates:
        try:
            if (
                subprocess.call(
                    command + ["-I", "-c", PROBE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                == 0
            ):
                return command
        except OSError:
            continue
    return None


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1], "chosen" in sys.argv[2:]))
