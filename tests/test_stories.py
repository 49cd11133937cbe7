"""The stories in ``tests/stories``: what a user does, and what the program prints. ``tests/transcripts.py`` runs them.

All blocks of a story share one folder, empty at first, and one home, in which the shipped timeline exists.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.transcripts import Desk, read_commands, read_transcripts, rewrite_block, run_block

STORIES = sorted((Path(__file__).parent / "stories").glob("*.md"))
MOST_LINES = 80

TOOLS = ("jq", "script", "sqlite3")
"""Programs that a machine may lack."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story.stem))
def test_story(story: Path, first_home: Path, program: Path | None, tmp_path: Path, write_examples: bool) -> None:
    desk = Desk(tmp_path / "folder", tmp_path / "home", program)
    shutil.copytree(first_home, desk.home)
    desk.folder.mkdir()
    text = story.read_text(encoding="utf-8")
    for tool in TOOLS:
        is_used = re.search(rf"^[$>] .*\b{tool} ", text, re.MULTILINE)
        if is_used and not shutil.which(tool):
            pytest.skip(f"{tool} is not installed here")
    # Each block is read again from the page, since writing one moves those below it.
    for number in range(len(read_transcripts(story))):
        block = read_transcripts(story)[number]
        if write_examples:
            rewrite_block(block, desk)
        else:
            difference = run_block(block, desk)
            assert not difference, difference


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story.stem))
def test_a_story_is_short_and_all_of_it_is_run(story: Path) -> None:
    text = story.read_text(encoding="utf-8")
    assert re.match(r"# .+\n\n[A-Z].+", text)
    assert len(text.splitlines()) < MOST_LINES
    transcripts = read_transcripts(story)
    assert all(map(read_commands, transcripts))
    assert text.count("```") == 2 * len(transcripts) > 0
