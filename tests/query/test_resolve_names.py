"""Names given as --actor and --site: which events they find, and which of them are errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, ids, run

if TYPE_CHECKING:
    from pathlib import Path

SIX_DATES = ["2023-05-18", "2023-04-26", "2023-03-23", "2022-12-31", "2022-09-19", "2022-08-26"]

SPELLINGS = {
    "Sar Kheng": "",
    "sar kheng": "",
    "SAR  KHENG": "",
    "Kheng Sar": "",
    "Samdech Krolahom Sar Kheng": "",
    "Samdech Sar Kheng": "",
    "ស ខេង": "",
    "សខេង": "",
    "ស\u200b ខេង": "",
    "ស ខេ\u200bង": "",
    "Sar\u200b Kheng": "",
    "Sar Keng": 'Assuming actor "Sar Kheng" for "Sar Keng".',
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_six_dates_of_sar_kheng(spelling: str) -> None:
    found = done("search", "--actor", spelling, "--json")
    assert [row["date"] for row in found.json] == SIX_DATES
    said = SPELLINGS[spelling]
    assert found.err == (f"scamcli: {said}\n" if said else "")


NOBODY = {
    "Sar Sokha": 'Did you mean "Sao Sokha"',
    "Hun Manet": 'Did you mean "Hun Sen"',
    "Thansur Sokha": "There is a site of that name: use --site",
    "Sao Kheng": 'Did you mean "Samdech Krolahom Sar Kheng"',
    "Zzyzx": "`scamcli actors` lists them",
    "": "`scamcli actors` lists them",
}


@pytest.mark.parametrize("name", NOBODY)
def test_nobody_is_ever_merged_by_likeness(name: str) -> None:
    found = run("search", "--actor", name, "--json")
    assert (found.code, found.out) == (3, "")
    said = found.err.splitlines()
    assert said[0] == f'scamcli: No actor named "{name}".'
    assert len(said) == 2
    assert said[1].startswith(f"scamcli: {NOBODY[name]}")


WORDS = [
    ("--actor", "Sokha", "Sao Sokha"),
    ("--actor", "raksmei", "Rithy Raksmei"),
    ("--actor", "Samdech Kheng", "Sar Kheng"),
    ("--site", "Huang Le", "Huang Le compound"),
    ("--site", "compound Huang", "Huang Le compound"),
]


@pytest.mark.parametrize(("flag", "words", "name"), WORDS)
def test_words_of_only_one_name_are_taken_for_it_and_stderr_says_so(flag: str, words: str, name: str) -> None:
    found = done("search", flag, words, "--json")
    assert {row["id"] for row in found.json} == ids(flag, name)
    assert found.err == f'scamcli: Assuming {flag[2:]} "{name}" for "{words}".\n'


def test_words_of_several_names_list_them() -> None:
    found = run("search", "--site", "compound")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith(
        'scamcli: More than one site is called "compound".\nscamcli: Did you mean "Bokor compound"'
    )
    assert run("search", "--actor", "of").err.startswith('scamcli: No actor named "of".')


def test_words_never_find_a_protected_actor_and_never_decide_when_writing(empty_db: Path) -> None:
    db = str(empty_db)
    done("add", "--date", "2023-01-02", "--kind", "raid", "--title", "T", "--actor", "Zovanny Quexley", "--db", db)
    assert run("search", "--actor", "Quexley", "--count", "--db", db).out == "1\n"
    done("add", "--date", "2023-01-03", "--kind", "raid", "--title", "T", "--actor", "Quexley", "--db", db)
    assert run("search", "--actor", "Zovanny Quexley", "--count", "--db", db).out == "1\n"
    done("remove", "2023-01-03", "--db", db)
    done("remove", "--actor", "Quexley", "--db", db)
    done("protect", "Zovanny Quexley", "--db", db)
    found = run("search", "--actor", "Quexley", "--count", "--db", db)
    assert (found.code, "Zovanny" in found.err, "protected-" in found.err) == (3, False, False)
    assert "Zovanny" in run("search", "--actor", "Quexly", "--include-protected", "--db", db).err


def test_two_that_fit_are_both_named(empty_db: object) -> None:
    two = (f'{{"type": "actor", "name": "{name}", "kind": "person"}}' for name in ("Chan Dara", "Dara Chan"))
    done("import", "-", stdin="\n".join(two))
    found = run("search", "--actor", "chan dara")
    assert (found.code, found.out) == (3, "")
    assert '"Chan Dara" or "Dara Chan"' in found.err
    assert run("search", "--actor", "Chan Dara").code == 0


ALIKE = [
    ("VOD", "vod"),
    ("National Committee for Counter Trafficking", "NCCT"),
    ("Financial Action Task Force", "FATF"),
    ("Jürgen Stock", "Jurgen Stock"),
    ("Chou Bun Eng", "ជូ ប៊ុនអេង"),
    ("Hun Sen", "Samdech Techo Hun Sen"),
    ("Sok Kong", "Oknha Sok Kong"),
    ("Sao Sokha", "Gen. Sao Sokha"),
]


@pytest.mark.parametrize(("name", "other"), ALIKE)
def test_an_alias_or_another_spelling_finds_the_same(name: str, other: str) -> None:
    found = ids("--actor", name)
    assert found
    assert ids("--actor", other) == found
