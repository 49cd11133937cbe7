"""Timelines in and out: every format, every kind of file, and two timelines into one.

The records of the tests of the store, as odd as records may be, are used here as well.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "store"))
