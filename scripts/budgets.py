"""Print how large the code and the documentation are beside the limits and goals in `budgets.toml`.

The exit code is 1 if one is larger than its limit.

Lines of code are counted without blank lines, comments and docstrings, so that nobody saves on these. Words of the
documentation are counted without the blocks that cog generates.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}

GENERATED = re.compile(r"<!-- \[\[\[cog.*?\[\[\[end\]\]\]", re.DOTALL)


def lines_of_code(text: str) -> int:
    """Return how many lines of a Python file have code."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            found.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(found)


def words(text: str) -> int:
    """Return how many words of a Markdown file a person wrote."""
    return len(GENERATED.sub("", text).split())


def size(place: str) -> int:
    """Return the lines of code of a folder, or the words of the Markdown files that a pattern names."""
    if place.endswith(".md"):
        return sum(words(path.read_text(encoding="utf-8")) for path in ROOT.glob(place))
    return sum(lines_of_code(path.read_text(encoding="utf-8")) for path in (ROOT / place).rglob("*.py"))


def main() -> int:
    """Print the table, and return 1 if anything is larger than its limit."""
    budgets: dict[str, dict[str, int]] = tomllib.loads((ROOT / "budgets.toml").read_text(encoding="utf-8"))
    print(f"{'':24}{'now':>9}{'limit':>9}{'goal':>9}")
    is_too_large = False
    for place, budget in budgets.items():
        now, limit = size(place), budget["limit"]
        goal = f"{budget['goal']:,}" if "goal" in budget else ""
        verdict = "  larger than its limit" if now > limit else ""
        print(f"{place:24}{now:9,}{limit:9,}{goal:>9}{verdict}")
        is_too_large = is_too_large or now > limit
    return int(is_too_large)


if __name__ == "__main__":
    sys.exit(main())
