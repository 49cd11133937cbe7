"""What is faster answers the same: every answer against a slow, plain one.

The helpers of the benchmarks, and of the tests of the store, are used here as well.
"""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

sys.path += [str(TESTS / "store"), str(TESTS.parent / "benchmarks")]
