"""``pythonw -m minsheng.panel``: the panel without a console, which may have no stream to complain on."""

import sys

from ..errors import NoWindow
from . import run


def main() -> int:
    """The panel until it is closed; the exit code. Without a console the reason comes in a message box of Windows."""
    try:
        run()
    except NoWindow as failure:
        if sys.stderr is not None:
            print(failure, file=sys.stderr)
        elif sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, str(failure), "民生实事台账", 0x30)
        return failure.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
