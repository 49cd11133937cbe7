"""The evaluation: scores of `scamcli ingest` on texts whose entries are known, field by field.

    make eval                                    with all baselines, in an environment of its own
    python -m evaluation --half tune             one half; baselines that are not installed are skipped
    python -m evaluation --misses figures        every missed and every false item of a field
    python -m evaluation --each --only tune-w    a table for each text whose name begins with tune-w
    python -m evaluation --write                 also write the tables to docs/evaluation.md
    python -m evaluation --calibrate             fit the numbers that grade fields to the half tune, and write them
    python -m evaluation --train                 train the models of dates and of kinds on the half tune, and write them
    python -m evaluation --agreement             how far the two annotations of each text agree
    SCAMCLI_ARTICLE=FILE python -m evaluation    also the article that the seed is taken from

The gold, which is the known entries, has two halves. Rules are developed on ``tune``. ``held`` is only scored: its
misses are shown only with ``--show-held``, so that nobody adapts the rules to it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evaluation import agreement, baselines, by_form, calibration, grades, report, training, training_kinds
from evaluation.cases import FOLDER, HALVES, article_cases, gold_cases
from evaluation.scoring import FIELDS, align
from evaluation.tool import document, proposed
from scamcli.errors import ScamcliError
from scamcli.ingest.dating.signs import WEIGHTS
from scamcli.ingest.kinds import WEIGHTS as KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.cases import Case
    from evaluation.scoring import Pair

TOOL = "scamcli"
PAGE = FOLDER.parent / "docs" / "evaluation.md"


def parse_arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        "python -m evaluation", description="Score what ingest proposes against the gold, field by field."
    )
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both", help="half of the gold (both)")
    parser.add_argument("--only", metavar="NAME", default="", help="only texts whose name begins with NAME")
    parser.add_argument("--each", action="store_true", help="print a table for each text")
    parser.add_argument(
        "--misses",
        nargs="+",
        choices=FIELDS,
        metavar="FIELD",
        help=f"list the misses of these fields: {'; '.join(FIELDS)}",
    )
    parser.add_argument("--show-held", action="store_true", help="with --misses: include the held-back half")
    parser.add_argument("--no-baselines", action="store_true", help="score only scamcli")
    parser.add_argument("--agreement", action="store_true", help="print how far the two annotations agree")
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="fit the grades to the half tune, and write src/scamcli/ingest/grades.toml",
    )
    parser.add_argument(
        "--train",
        action="store_true",
        help="train the models of dates and kinds on the half tune, and write their numbers to src/scamcli/ingest",
    )
    parser.add_argument("--json", action="store_true", help="print all scores as JSON")
    parser.add_argument(
        "--write", action="store_true", help="write the tables of all texts and systems to docs/evaluation.md"
    )
    options = parser.parse_args()
    if options.write and (
        options.half != "both" or options.only or options.each or options.misses or options.no_baselines
    ):
        parser.error("--write needs all texts and systems: leave out the other flags")
    return options


def choose_cases(options: argparse.Namespace) -> list[Case]:
    """Return the texts to evaluate, with the article if SCAMCLI_ARTICLE names it."""
    halves = HALVES if options.half == "both" else (options.half,)
    cases = [case for case in gold_cases() if case.half in halves]
    if article := os.environ.get("SCAMCLI_ARTICLE"):
        cases += article_cases(Path(article))
    return [case for case in cases if case.name.startswith(options.only)]


def list_misses(options: argparse.Namespace, cases: Iterable[Case]) -> Iterable[str]:
    """Yield the misses of the fields that --misses names."""
    for case in cases:
        if case.half != "held" or options.show_held:
            pairs = align(case.gold, proposed(case, document(case)))
            for field in options.misses:
                yield from report.misses(field, case.name, pairs)


class Compared(NamedTuple):
    """A text, and for each system its known entries beside those that the system proposes."""

    case: Case
    pairs: dict[str, list[Pair]]


def compare(cases: Iterable[Case], systems: dict[str, baselines.System]) -> list[Compared]:
    """Return each text as all systems read it."""
    found = []
    for case in cases:
        read = document(case)
        pairs = {name: align(case.gold, system.entries(case, read)) for name, system in systems.items()}
        found.append(Compared(case, pairs))
    return found


def measure(
    compared: Iterable[Compared], systems: dict[str, baselines.System], *, each: bool
) -> dict[str, report.Scores]:
    """Return the scores of each system for each half, or for each text."""
    halves: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: {system: [] for system in systems})
    for case, pairs in compared:
        for name in systems:
            halves[case.name if each else case.half][name] += pairs[name]
    spoken = {name: system.fields for name, system in systems.items()}
    return {half: report.scores(pairs, spoken) for half, pairs in halves.items()}


def all_tables(compared: list[Compared], halves: dict[str, report.Scores]) -> str:
    """Return the table of each half or text, and for a half of the gold also those of its forms and grades."""
    tables = []
    for half, found in halves.items():
        tables.append(report.table(half, found))
        if half in HALVES:
            texts = [(case, pairs[TOOL]) for case, pairs in compared if case.half == half]
            tables.append(by_form.table(half, texts))
            tables.append(grades.table(half, judge(case for case, _ in texts)))
    return "\n\n".join(tables)


def judge(cases: Iterable[Case]) -> list[tuple[Case, grades.Judged]]:
    """Return the fields of the drafts of texts, each with its text."""
    return [(case, one) for case in cases for one in grades.judge(case, document(case))]


def installed_baselines() -> dict[str, baselines.System]:
    """Return the baselines that are installed, and name the others on stderr."""
    found = {}
    for name, system in baselines.BASELINES.items():
        if missing := baselines.missing(name):
            sys.stderr.write(f"skipped {name}: {' and '.join(missing)} is not installed; `make eval` installs it\n")
        else:
            found[name] = system
    return found


def evaluate(options: argparse.Namespace) -> str:
    """Return the tables, misses or JSON that the command line asks for."""
    if options.agreement:
        return write(report.AGREEMENT, agreement.table(), to_page=options.write)
    cases = choose_cases(options)
    if options.train:
        tune = [case for case in gold_cases() if case.half == "tune"]
        WEIGHTS.write_text(training.train(tune), encoding="utf-8")
        KINDS.write_text(training_kinds.train(tune), encoding="utf-8")
        return f"wrote {WEIGHTS} and {KINDS}"
    if options.calibrate:
        cards = calibration.fit(judge(case for case in gold_cases() if case.half == "tune"))
        calibration.CARDS.write_text(cards, encoding="utf-8")
        return cards
    if options.misses:
        return "\n".join(list_misses(options, cases))
    systems = {TOOL: baselines.System(proposed, tuple(FIELDS))}
    systems |= {} if options.no_baselines else installed_baselines()
    compared = compare(cases, systems)
    halves = measure(compared, systems, each=options.each)
    tables = all_tables(compared, halves)
    if options.write:
        what = f"{report.size(cases)} Against {baselines.versions() or 'no baseline'}."
        write(report.MEASURED, f"{what} The program is that of commit {commit()}.\n\n{tables}", to_page=True)
    if options.json:
        return json.dumps(report.as_json(halves), ensure_ascii=False, indent=1)
    return tables


def commit() -> str:
    """Return the last commit that changed the program, which later commits of documents do not change."""
    asked = ["git", "log", "-1", "--format=%h", "--", "src/scamcli"]
    return subprocess.run(asked, cwd=FOLDER.parent, capture_output=True, text=True, check=True).stdout.strip()


def write(marks: tuple[str, str], text: str, *, to_page: bool) -> str:
    """Return a text, and if asked for, write it to its part of docs/evaluation.md."""
    if to_page:
        PAGE.write_text(report.replace_part(PAGE.read_text(encoding="utf-8"), marks, text), encoding="utf-8")
    return text


def main() -> None:
    """Run the evaluation and print the results."""
    try:
        sys.stdout.write(evaluate(parse_arguments()) + "\n")
    except (OSError, ScamcliError) as error:
        sys.exit(f"the evaluation stopped: {error}")


if __name__ == "__main__":
    main()
