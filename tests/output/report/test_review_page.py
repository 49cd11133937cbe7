"""Drafts as a page for a second reader: what it shows, what it escapes and withholds, and how it is read."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from scamcli import Timeline
from scamcli.output.report import render_review
from scamcli.output.text.draft_fields import GRADES
from scamcli.timeline.draft_rows import draft_row
from tests.helpers.command_line import done, rows, run
from tests.helpers.report_browser import complaints, looked_at

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


@pytest.fixture
def page_file(own_db: Path, tmp_path: Path) -> Path:
    done("ingest", "-", "--outlet", "Example Daily", "--url", "https://example.org/1", stdin=TEXT)
    seen = done("review", "--html", str(tmp_path / "review.html"))
    assert (seen.out, seen.err) == ("", f"scamcli: Wrote 2 drafts to {tmp_path / 'review.html'}.\n")
    return tmp_path / "review.html"


def parsed(path: Path) -> Any:
    return lxml.html.fromstring(path.read_text(encoding="utf-8"))


def test_marks_and_fields_have_the_words_of_the_passage(page_file: Path) -> None:
    sections = parsed(page_file).xpath("//main/section")
    drafts = rows("review")
    assert [one.xpath("string(h2)") for one in sections] == [draft["title"] for draft in drafts]
    for section, draft in zip(sections, drafts, strict=True):
        (quote,) = section.xpath(".//blockquote/p")
        words = {span["words"]: span["grade"] for span in draft["spans"]} | dict.fromkeys(draft["unread"], "unread")
        for mark in quote.xpath(".//mark"):
            assert words[mark.text_content()] == mark.get("class")
            label = None if mark.get("class") == "sure" else mark.getnext().text
            assert label == {"sure": None, "unread": "in no figure"}.get(mark.get("class"), mark.get("class"))
        for label in quote.xpath(".//sup"):
            label.drop_tree()
        assert quote.text_content() == draft["passage"].replace("\n", "")
        said = [one.text_content() for one in section.xpath(".//td//q")]
        assert sorted(said) == sorted(
            span["words"] for span in draft["spans"] if span["field"] not in {"title", "summary"}
        )
        grades = [GRADES.index(one) for one in section.xpath(".//td/p[1]/b/text()")]
        assert grades == sorted(grades, reverse=True)
    assert "17" in sections[0].xpath("string(.//ul[@class='unread-numbers'])")


def test_the_structure_is_readable_without_colour_and_by_screen_readers(page_file: Path) -> None:
    page = parsed(page_file)
    assert [len(page.xpath(f"//{name}")) for name in ("h1", "main", "header", "nav", "footer")] == [1] * 5
    anchors = [one[1:] for one in page.xpath("//a/@href[starts-with(., '#')]")]
    assert set(anchors) <= set(page.xpath("//@id"))
    assert page.xpath("//blockquote//span[@lang]/@lang") == ["km"]
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert len(table.xpath("thead//th[@scope='col']")) == 3
        assert len(table.xpath("tbody//th[@scope='row']")) == len(table.xpath("tbody/tr"))


def test_nothing_runs_or_is_loaded(page_file: Path) -> None:
    text = page_file.read_text(encoding="utf-8")
    page = parsed(page_file)
    assert page.xpath("//script | //img | //link | //iframe | //@style | //@src") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; ")
    outside = page.xpath("//a[starts-with(@href, 'http')]")
    assert {one.get("rel") for one in outside} == {"noreferrer"}


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


def test_drafts_are_chosen_as_in_the_list(own_db: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "page.html")
    done("review", "--html", path)
    assert "There are no drafts to review." in parsed(tmp_path / "page.html").text_content()
    done("ingest", "-", "--outlet", "Example Daily", stdin=TEXT)
    done("add", "--date", "2024-03-05", "--kind", "raid", "--title", "Typed in", "--status", "draft")
    done("review", "--html", path)
    assert "This draft was not read from a text." in parsed(tmp_path / "page.html").text_content()
    assert done("review", "--html", path, "--limit", "1").err == f"scamcli: Wrote 1 draft to {path}.\n"
    assert parsed(tmp_path / "page.html").xpath("//nav") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--json",), "cannot be used with --json"), (("--fields", "id"), "cannot be used with --json")],
)
def test_wrong_usage(own_db: Path, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    seen = run("review", "--html", str(tmp_path / "page.html"), *arguments)
    assert seen.code == 2
    assert said in seen.err
    assert not (tmp_path / "page.html").exists()


def test_the_database_is_never_overwritten(own_db: Path) -> None:
    before = own_db.read_bytes()
    assert run("review", "--html", str(own_db)).code in {2, 4}
    assert own_db.read_bytes() == before


@pytest.mark.thorough
def test_a_browser_and_validators_find_nothing(tmp_path: Path) -> None:
    with Timeline(tmp_path / "case.db", create=True) as timeline:
        timeline.ingest(TEXT, outlet="Example Daily", url=ADDRESS)
        timeline.ingest(f"{HOSTILE} {'x' * 500}\n", outlet="<i>Daily</i>")
        page = tmp_path / "review.html"
        page.write_text(render_review([draft_row(one) for one in timeline.pending()], "2024-03-15"), encoding="utf-8")
    found = looked_at(page, ("accessibility", "widths"), tmp_path)
    assert (found["problems"], found["accessibility"], found["widths"]) == ([], [], [])
    assert complaints([page], tmp_path) == []
