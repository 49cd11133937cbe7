"""What LibreOffice has opened and saved again is what it was."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import program

if TYPE_CHECKING:
    from collections.abc import Callable

CSV = "Text - txt - csv (StarCalc)"
COMMAS = "44,34,76"
"""Commas, double quotes, UTF-8: what its dialogue proposes for a file that is so."""

TEXTS = (
    "=1+1", "+855 12", "-5", "@name", "'quoted", "007", "1/2", "1e5", "TRUE", "2022-01-02", "100%", " spaces ", "a\nb",
    "ខ្មែរ 西港 Ångström", "x" * 5000, '"', "_x000D_", "🏢", "#REF!",
)  # fmt: skip


@pytest.fixture
def saved_again(tmp_path: Path) -> Callable[..., Path]:
    """Open a file in LibreOffice, and save it as another kind."""
    office = program("soffice")

    def convert(path: Path, kind: str, *options: str) -> Path:
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        out = tmp_path / "saved"
        command = [office, profile, "--headless", *options, "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        return out / f"{path.stem}.{kind.partition(':')[0]}"

    return convert


def test_a_workbook(own_db: Path, folder: Path, saved_again: Callable[..., Path]) -> None:
    events = [
        {"type": "event", "id": f"text-{at}", "date": "2023-01~", "kind": "raid", "title": text, "note": text,
         "tags": [text.strip()[:300]],
         "figures": [{"metric": "rescues", "stated": text, "low": at or None, "high": at + 0.5}]}
        for at, text in enumerate(TEXTS)
    ]  # fmt: skip
    done("import", "-", stdin="\n".join(map(json.dumps, events)))
    before = done("export", "jsonl").out
    done("export", "xlsx", "-o", "book.xlsx")
    done("init", "again.db", "--empty")
    done("import", str(saved_again(Path("book.xlsx").resolve(), "xlsx")), "--db", "again.db")
    assert done("export", "jsonl", "--db", "again.db").out == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_csv_pair(own_db: Path, folder: Path, saved_again: Callable[..., Path], kind: str) -> None:
    saved = []
    for rows in ("events", "figures"):
        done("export", "csv", "--rows", rows, "-o", f"{rows}.csv")
        whole = (
            f"csv:{CSV}:{COMMAS},1,,0,true" if kind == "csv" else kind
        )  # true: all texts in quotes, as scamcli does not
        saved.append(str(saved_again(Path(f"{rows}.csv").resolve(), whole, f"--infilter=CSV:{COMMAS}")))
    assert "0 records added, 50 already present" in done("import", *saved).err


def test_the_lists_of_a_workbook(own_db: Path, folder: Path, saved_again: Callable[..., Path]) -> None:
    """LibreOffice has read the drop-down lists, the wrapping and the protection where it writes them again."""
    from openpyxl import load_workbook

    done("export", "xlsx", "-o", "book.xlsx")
    before, after = load_workbook("book.xlsx"), load_workbook(saved_again(Path("book.xlsx").resolve(), "xlsx"))
    for sheet in before:
        offered, kept = (
            sorted((str(one.sqref).partition(":")[0], one.formula1) for one in rules.dataValidation)
            for rules in (before[sheet.title].data_validations, after[sheet.title].data_validations)
        )
        assert kept == offered
        assert after[sheet.title].protection.sheet == sheet.protection.sheet
        assert after[sheet.title].freeze_panes == "A2"
    assert len(after["events"].data_validations.dataValidation) == 3
    assert after["events"]["F2"].alignment.wrap_text
