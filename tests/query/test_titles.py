"""Titles that can be parts of names: whom a query with one finds, and that a write with one changes nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def people(empty_db: Path) -> Path:
    """Return a database of people and bodies of the region."""
    rows: list[dict[str, object]] = [
        {"name": name, "kind": "person"}
        for name in ("Win Myint", "U Khin Maung", "Ma Zhaoxu", "Zhaoxu", "Nyan Htun", "Torsak Sukvimol", "Tô Văn Lâm",
                     "Sao Sokha", "Kem Sokha", "ทักษิณ ชินวัตร", "Ko Ko Gyi")
    ]  # fmt: skip
    rows += [
        {"name": "Zin Mar Aung", "kind": "person", "aliases": ["Daw Zin Mar Aung"]},
        {"name": "Thanh Cong", "kind": "company"},
        {"name": "中国", "kind": "government"},
    ]
    lines = (json.dumps({"type": "actor", **row}) for row in rows)
    done("import", "-", "--db", str(empty_db), stdin="\n".join(lines))
    return empty_db


FOUND = {
    "U Win Myint": "Win Myint",
    "U Win Myintt": "Win Myint",
    "Ko Nyan Htun": "Nyan Htun",
    "Ma Zhaoxu": "Ma Zhaoxu",
    "ma zhaoxu": "Ma Zhaoxu",
    "Zhaoxu": "Zhaoxu",
    "Daw Zin Mar Aung": "Zin Mar Aung",
    "Ma Zin Mar Aung": "Zin Mar Aung",
    "Khin Maung": "U Khin Maung",
    "Police General Torsak Sukvimol": "Torsak Sukvimol",
    "Pol. Gen. Torsak Sukvimol": "Torsak Sukvimol",
    "Ông Tô Văn Lâm": "Tô Văn Lâm",
    "นายทักษิณ ชินวัตร": "ทักษิณ ชินวัตร",
    "Ko Ko Gyi": "Ko Ko Gyi",
}


@pytest.mark.parametrize("text", FOUND)
def test_a_title_finds_the_person_behind_it(people: Path, text: str) -> None:
    found = done("actors", text, "--json", "--db", str(people))
    assert found.json["name"] == FOUND[text]
    is_exact = text.casefold() == FOUND[text].casefold() or text in found.json["aliases"]
    assert found.err == ("" if is_exact else f'scamcli: Assuming actor "{FOUND[text]}" for "{text}".\n')


REFUSED = (
    "U Zin Mar Aung",  # a man's title, and she is called Daw
    "Daw Khin Maung",  # a woman's title, and he is called U
    "Ko Win Zaw",
    "Ma Zhao",
    "Ko Ko Ko Gyi",
    "Ông Thanh Cong",  # a company
    "中国总理",  # a country
)


@pytest.mark.parametrize("text", REFUSED)
def test_a_title_never_finds_somebody_else(people: Path, text: str) -> None:
    found = run("actors", text, "--json", "--db", str(people))
    assert (found.code, found.out) == (3, "")


@pytest.mark.parametrize("text", ["U Win Myint", "Pol. Gen. Torsak Sukvimol"])
def test_a_title_never_decides_when_writing(people: Path, text: str) -> None:
    event = ("add", "--date", "2023-01-02", "--kind", "raid", "--title", "T", "--actor", text, "--db", str(people))
    refused = run(*event)
    assert refused.code == 4
    assert f'"{text}" is spelt nearly like the actor "{FOUND[text]}".' in refused.err
    done(*event, "--new-actor")
    assert run("search", "--actor", FOUND[text], "--count", "--db", str(people)).out == "0\n"
    assert run("search", "--actor", text, "--count", "--db", str(people)).out == "1\n"


def test_aliases_of_a_protected_actor_are_not_told(people: Path) -> None:
    db = str(people)
    done("names", "alias", "Torsak Sukvimol", "H.E. Big Tor", "--db", db)
    done("protect", "Torsak Sukvimol", "--db", db)
    (row,) = done("actors", "Torsak Sukvimol", "--aliases", "--json", "--db", db).json
    assert row["form"] == row["of"]
    assert row["form"].startswith("[protected-")
    shown = done("actors", "Torsak Sukvimol", "--aliases", "--include-protected", "--db", db).out
    assert "big tor\twithout title" in shown
