"""An editor for tests: it does what a file beside it says, call by call, and keeps what it was shown.

``steps.json`` has a step a call: pairs of a text and what to put in its place, ``null`` to empty the file, or a number
to leave with as an exit code.
"""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path


def main(folder: Path, path: Path) -> int:
    steps = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    number = len(list(folder.glob("shown-*.txt")))
    text = path.read_text(encoding="utf-8")
    (folder / f"shown-{number}.txt").write_text(text, encoding="utf-8")
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)]
    (folder / "modes.json").write_text(json.dumps([str(path), *modes]), encoding="utf-8")
    step = steps[number] if number < len(steps) else []
    if isinstance(step, int):
        return step
    for old, new in step or []:
        if old not in text:
            sys.stderr.write(f"no {old!r} in the text\n")
            return 99
        text = text.replace(old, new, 1)
    path.write_text("" if step is None else text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
