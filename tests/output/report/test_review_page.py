"""Drafts as a page for a second reader: what it shows, what it escapes and withholds, and how it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lxml.html

from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Police statements of March 2024

2024-03-05: Police in Kandal freed 45 Thai workers, 12 of them women. They carried 17 letters.

2024-03-07: Officers arrested 30 suspects in Poipet. Invented Person denied it in ខេត្តកណ្តាល.
"""
HOSTILE = (
    "2024-03-05: Police freed 45 </mark><script>alert(1)</script> workers\u202e in <b onclick=x>Kandal</b> {{ 7*7 }}"
)
ADDRESS = "https://example.org/?a=1&b=<2>"


def parsed(path: Path) -> Any:
    return lxml.html.fromstring(path.read_text(encoding="utf-8"))


def test_hostile_text_is_escaped(own_db: Path, tmp_path: Path) -> None:
    done("ingest", "-", "--outlet", "<i>Daily</i>", "--url", ADDRESS, stdin=HOSTILE)
    done("review", "--html", str(tmp_path / "page.html"))
    page = parsed(tmp_path / "page.html")
    assert page.xpath("//script | //*[@onclick] | //i | //td//b[not(@class)]") == []
    for label in page.xpath("//sup"):
        label.drop_tree()
    quote = page.xpath("string(//blockquote)")
    assert "</mark><script>alert(1)</script>" in quote
    assert "{{ 7*7 }}" in quote
    assert "\u202e" not in page.text_content()
    assert "<i>Daily</i>" in page.text_content()


def test_protected_names_are_masked(own_db: Path, tmp_path: Path) -> None:
    done("import", "-", stdin='{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}')
    done("ingest", "-", "--outlet", "Example Daily", stdin=TEXT)
    done("review", "--html", str(tmp_path / "page.html"))
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "[protected-" in text
    assert re.search("Invented|Person", text) is None
