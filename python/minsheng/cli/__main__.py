"""``python -m minsheng.cli``."""

import sys

from . import main

sys.exit(main())
