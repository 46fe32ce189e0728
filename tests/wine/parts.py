"""What the Windows computer is made of, from pip by package name, from Debian, and from here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

__all__ = ["complex_functions", "fetched", "program", "versions", "windows_python"]

_HERE = Path(__file__).parent
#: The wheel of panda3d carries python311.dll, the standard library's compiled modules, Tcl and Tk, all as python.org built them.
PYTHON_FROM, COMPILER_FROM = "panda3d", "ziglang"
VERSION = (3, 11)
#: Functions that Wine 8's ucrtbase.dll only has the names of, and that numpy calls when it is imported.
_LACKING = ("crealf", "cimagf", "creal", "cimag", "creall", "cimagl")
_WINES_MARK = b"Wine builtin DLL"


def fetched(folder: Path) -> None:
    """Download and unpack both packages into ``folder``, once."""
    for name, platform in ((PYTHON_FROM, ["--platform", "win_amd64"]), (COMPILER_FROM, [])):
        if (folder / name).is_dir():
            continue
        asked = ["--no-deps", "--only-binary=:all:", "--python-version", "3.11", *platform]
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            *asked,
            "-d",
            str(folder / "wheels"),
            name,
        ]
        subprocess.run(command, check=True)
        (wheel,) = (folder / "wheels").glob(f"{name}-*.whl")
        with zipfile.ZipFile(wheel) as packed:
            wanted = [one for one in packed.namelist() if one.startswith(("deploy_libs/", "ziglang/"))]
            packed.extractall(folder / f"{name}.new", wanted)
        (folder / f"{name}.new").rename(folder / name)
    _zig(folder).chmod(0o755)


def versions(folder: Path) -> str:
    """The packages that were fetched, with their versions."""
    return ", ".join(
        sorted(" ".join(wheel.name.split("-")[:2]) for wheel in (folder / "wheels").glob("*.whl"))
    )


def _zig(folder: Path) -> Path:
    return folder / COMPILER_FROM / "ziglang" / "zig"


def _compiled(folder: Path, *arguments: str) -> None:
    subprocess.run([str(_zig(folder)), "cc", "-target", "x86_64-windows-gnu", "-O1", *arguments], check=True)


def program(folder: Path, target: Path, *, windowed: bool = False) -> None:
    """python.exe (or pythonw.exe), which the wheel lacks: see launcher.c."""
    kind = ["-DWINDOWED", "-Wl,--subsystem,windows"] if windowed else []
    _compiled(folder, "-municode", *kind, "-s", "-o", str(target), str(_HERE / "launcher.c"))


def windows_python(folder: Path, target: Path) -> None:
    """A CPython for Windows as its installer lays it out. The standard library's Python half is that of the Python that runs
    this, of the same minor version; Tcl's and Tk's scripts are Debian's, with the version line that the libraries ask for."""
    if sys.version_info[:2] != VERSION:
        raise SystemExit(
            f"make wine needs Python {'.'.join(map(str, VERSION))}: its standard library is laid beside python311.dll"
        )
    built = folder / PYTHON_FROM / "deploy_libs"
    for name in ("DLLs", "Lib", "tcl"):
        (target / name).mkdir(parents=True)
    for path in built.iterdir():
        if path.name.lower() in ("python311.dll", "vcruntime140.dll"):
            shutil.copy(path, target)
        elif path.suffix in (".pyd", ".dll") and not path.name.startswith("api-ms-win"):
            shutil.copy(path, target / "DLLs")
    unwanted = shutil.ignore_patterns("__pycache__", "site-packages", "dist-packages", "test", "lib-dynload")
    shutil.copytree(sysconfig.get_path("stdlib"), target / "Lib", ignore=unwanted, dirs_exist_ok=True)
    (target / "Lib" / "site-packages").mkdir()
    tcl = re.search(rb"\x00(8\.6\.\d+)\x00", (built / "tcl86t.dll").read_bytes())
    assert tcl
    for name in ("tcl8.6", "tk8.6"):
        shutil.copytree(f"/usr/share/tcltk/{name}", target / "tcl" / name)
    for script in (target / "tcl" / "tcl8.6" / "init.tcl", target / "tcl" / "tk8.6" / "tk.tcl"):
        words = script.read_text(encoding="utf-8")
        words = re.sub(r"(-exact T(?:cl|k)\s+)8\.6\.\d+", rf"\g<1>{tcl[1].decode()}", words)
        script.write_text(words, encoding="utf-8")
    launchers = target / "Lib" / "venv" / "scripts" / "nt"
    launchers.mkdir(exist_ok=True)
    program(folder, target / "python.exe")
    program(folder, target / "pythonw.exe", windowed=True)
    for name in ("python.exe", "pythonw.exe"):
        shutil.copy(target / name, launchers)


def complex_functions(folder: Path, system32: Path) -> None:
    """A ucrtbase.dll that has six more functions and hands everything else on to Wine's own, which is kept beside it."""
    theirs = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll").read_bytes()
    at = theirs.index(_WINES_MARK)  # without its mark Wine takes the copy for a library like any other
    (system32 / "ucrtwine.dll").write_bytes(
        theirs[:at] + bytes(len(_WINES_MARK)) + theirs[at + len(_WINES_MARK) :]
    )
    source = folder / "ucrtbase.c"
    handed = [name for name in _exported(theirs) if name not in _LACKING]
    lines = [f'".ascii \\" -export:{name}=ucrtwine.{name}\\"\\n"' for name in handed]
    single = "typedef struct { float re, im; } f; typedef struct { double re, im; } d;"
    own = [
        f"__declspec(dllexport) {'float' if name[-1] == 'f' else 'double'} {name}({'f' if name[-1] == 'f' else 'd'} z)"
        f" {{ return z.{'re' if 'real' in name else 'im'}; }}"
        for name in _LACKING
    ]
    entry = "int _fltused = 0; int DllMainCRTStartup(void *m, unsigned r, void *x) { return 1; }"
    exports = ['__asm__(".section .drectve,\\"yni\\"\\n"', *lines, '".text\\n");']
    source.write_text("\n".join([single, *own, entry, *exports]), encoding="utf-8")
    made = system32 / "ucrtbase.dll"
    made.unlink(missing_ok=True)
    _compiled(folder, "-shared", "-nostdlib", "-fno-builtin", "-s", "-o", str(made), str(source))


def _exported(library: bytes) -> list[str]:
    """The names in the export table of a 64-bit PE file."""

    def number(at: int, size: int = 4) -> int:
        return int.from_bytes(library[at : at + size], "little")

    head = number(0x3C)
    sections = head + 24 + number(head + 20, 2)
    areas = [sections + 40 * place for place in range(number(head + 6, 2))]

    def place_of(address: int) -> int:
        area = next(one for one in areas if number(one + 12) <= address < number(one + 12) + number(one + 8))
        return address - number(area + 12) + number(area + 20)

    table = place_of(number(head + 24 + 112))
    names = place_of(number(table + 32))
    starts = [place_of(number(names + 4 * each)) for each in range(number(table + 24))]
    return [library[start : library.index(b"\0", start)].decode() for start in starts]
