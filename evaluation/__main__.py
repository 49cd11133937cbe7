"""The evaluation: what `scamcli ingest` makes of texts whose entries are known, field by field.

    make eval                                    with the baselines, in an environment of its own
    python -m evaluation --half tune             the tool alone where the baselines are not installed
    python -m evaluation --misses figures        every miss and every false hit of a field
    python -m evaluation --each --only tune-w    a table for each text whose name begins so
    python -m evaluation --write                 the tables into docs/evaluation.md as well
    SCAMCLI_ARTICLE=FILE python -m evaluation    also the article that the seed was made from

The gold has two halves: rules are made on ``tune``; ``held`` is only scored, and its misses are not shown unless
``--show-held`` asks for them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation import baselines, report
from evaluation.cases import FOLDER, HALVES, article_cases, gold_cases
from evaluation.scoring import FIELDS, align
from evaluation.tool import document, proposed
from scamcli.errors import ScamcliError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.cases import Case
    from evaluation.scoring import Pair

TOOL = "scamcli"
PAGE = FOLDER.parent / "docs" / "evaluation.md"


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        "python -m evaluation", description="Score what ingest proposes against the gold, field by field."
    )
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both", help="of the gold (both)")
    parser.add_argument("--only", metavar="NAME", default="", help="texts whose name begins so")
    parser.add_argument("--each", action="store_true", help="a table for each text")
    parser.add_argument("--misses", nargs="+", choices=FIELDS, metavar="FIELD", help=f"of: {'; '.join(FIELDS)}")
    parser.add_argument("--show-held", action="store_true", help="with --misses: those of the held-back half too")
    parser.add_argument("--no-baselines", action="store_true", help="the tool alone")
    parser.add_argument("--json", action="store_true", help="every tally")
    parser.add_argument(
        "--write", action="store_true", help="the tables into docs/evaluation.md: all texts, all systems"
    )
    given = parser.parse_args()
    if given.write and (given.half != "both" or given.only or given.each or given.misses or given.no_baselines):
        parser.error("--write writes the whole: no other flag goes with it")
    return given


def chosen(given: argparse.Namespace) -> list[Case]:
    """The texts that were asked for, the article with them where it is named."""
    halves = HALVES if given.half == "both" else (given.half,)
    cases = [case for case in gold_cases() if case.half in halves]
    if article := os.environ.get("SCAMCLI_ARTICLE"):
        cases += article_cases(Path(article))
    return [case for case in cases if case.name.startswith(given.only)]


def listed(given: argparse.Namespace, cases: Iterable[Case]) -> Iterable[str]:
    """The misses that were asked for."""
    for case in cases:
        if case.half != "held" or given.show_held:
            pairs = align(case.gold, proposed(case, document(case)))
            for field in given.misses:
                yield from report.misses(field, case.name, pairs)


def measured(cases: Iterable[Case], systems: dict[str, baselines.System], *, each: bool) -> dict[str, report.Scores]:
    """The scores of each half, or of each text, of the tool and of each baseline."""
    halves: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: {system: [] for system in systems})
    for case in cases:
        read = document(case)
        for name, system in systems.items():
            halves[case.name if each else case.half][name] += align(case.gold, system.entries(case, read))
    spoken = {name: system.fields for name, system in systems.items()}
    return {half: report.scores(pairs, spoken) for half, pairs in halves.items()}


def installed() -> dict[str, baselines.System]:
    """The baselines that can run here; the others are named on stderr."""
    found = {}
    for name, system in baselines.BASELINES.items():
        if missing := baselines.missing(name):
            sys.stderr.write(
                f"skipped: {name}, since {' and '.join(missing)} is not installed; `make eval` brings it\n"
            )
        else:
            found[name] = system
    return found


def answered(given: argparse.Namespace) -> str:
    """What was asked for, as a text."""
    cases = chosen(given)
    if given.misses:
        return "\n".join(listed(given, cases))
    systems = {TOOL: baselines.System(proposed, tuple(FIELDS))}
    systems |= {} if given.no_baselines else installed()
    halves = measured(cases, systems, each=given.each)
    tables = "\n\n".join(report.table(half, found) for half, found in halves.items())
    if given.write:
        write(cases, tables)
    if given.json:
        return json.dumps(report.as_json(halves), ensure_ascii=False, indent=1)
    return tables


def write(cases: list[Case], tables: str) -> None:
    """Put the tables on the page of the documentation, with the size of the gold and the versions of the baselines."""
    what = f"{report.size(cases)} Against {baselines.versions() or 'no baseline'}."
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(report.written(page, f"{what}\n\n{tables}"), encoding="utf-8")


def main() -> None:
    """Print what was measured."""
    try:
        sys.stdout.write(answered(arguments()) + "\n")
    except (OSError, ScamcliError) as error:
        sys.exit(f"the evaluation stopped: {error}")


if __name__ == "__main__":
    main()
