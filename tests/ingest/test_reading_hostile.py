"""Files made to hang a reader or to fill the memory: each ends in a plain word, within limits of the system."""

from __future__ import annotations

import pytest

from tests.helpers.limited_reader import read_limited

pytest.importorskip("resource", reason="only POSIX limits a process")

_PAGE = "data = ('<html><body><article>' + {} + '</article></body></html>').encode()"
_ENTITIES = """
more = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
data = f'<!DOCTYPE html [<!ENTITY a "lol lol">{more}]><html><body><p>&j; and 64 people</p></body></html>'.encode()
"""
_MARKS = ("[", "[a](", "![", "*", "* *", "_", "`", "\\", "<a ", "<!--", "http://", "> ", "- ", "|", "[1]:", "\n")
_PDF = "from tests.helpers.pdf_files import with_contents\ndata = with_contents({})"


@pytest.mark.parametrize(
    ("made", "name", "words"),
    [
        (_PAGE.format("'<div>' * 100_000 + 'hello' + '</div>' * 100_000"), "a.html", "elements inside one another"),
        (_PAGE.format("'<b>' * 140_000"), "a.html", "elements inside one another"),
        (_PAGE.format("'a b ' * 12_500_000"), "a.html", "more than 20 MiB"),
        (_PAGE.format("'<p>a' * 100_000"), "a.html", "more than 75,000 elements"),
        (_PAGE.format("'<p>a' * 1_000_000"), "a.html", "more than 150,000 tags"),
        (_PAGE.format("'<p>' + 'a<b>b</b>' * 50_000"), "a.html", "elements in one paragraph"),
        (
            _PAGE.format("'<p ' + ' '.join(f'a{i}=1' for i in range(500_000)) + '>hello'"),
            "a.html",
            "attributes of one element",
        ),
        (_PAGE.format("'<p a b c d e f g h i j>x' * 400_000"), "a.html", "more than 300,000 attributes"),
        ("data = b'<!--' * 5_000_000", "a.html", "cannot be read as a web page"),
        ("data = b'a' * (50 << 20)", "a.txt", "more than 20 MiB"),
        ("data = b' ' * (4 << 20)", "a.txt", "has no words"),
        (_PDF.format("b'BT (x) Tj ' + b' ' * 200_000_000"), "a.pdf", "could not be read"),
        (_PDF.format("b'BT /F1 11 Tf ' + b'(x) Tj ' * 3_000_000"), "a.pdf", "could not be read"),
    ],
)
def test_it_is_refused(made: str, name: str, words: str) -> None:
    assert words in read_limited(made, name)["error"]


@pytest.mark.parametrize(
    ("made", "name", "least"),
    [
        (_ENTITIES, "a.html", 10),
        (_PAGE.format("'<p>' + 'a b ' * 1_000_000"), "a.html", 3_900_000),
        (_PAGE.format("'<table><tr><td>' * 60 + '<p>deep down are 64 people</p>'"), "a.html", 20),
        (
            _PAGE.format("'<script type=\"application/ld+json\">' + '[' * 100_000 + '</script><p>64 men</p>'"),
            "a.html",
            5,
        ),
        ("data = b'Freed were 64 people. ' * 180_000", "a.txt", 3_900_000),
        *((f"data = {mark!r}.encode() * ({4_000_000 // len(mark)}) + b' word'", "a.md", 3_900_000) for mark in _MARKS),
    ],
)
def test_it_is_read_in_bounded_time(made: str, name: str, least: int) -> None:
    answer = read_limited(made, name)
    assert answer.get("length", 0) >= least
    assert answer["view"] == answer["length"]
