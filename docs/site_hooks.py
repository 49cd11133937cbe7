"""Hooks of the documentation site.

README, CONTRIBUTING, CHANGELOG and SECURITY stay at the top of the repository, where people and code hosts look for
them.
The site shows them as pages too, and links that leave ``docs/`` go to those pages or to the repository.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
"""Files at the top of the repository, and the pages of the site that show them."""

_LINK = r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files at the top of the repository as pages."""
    root = Path(config.config_file_path).parent
    for name, page in PAGES.items():
        files.append(File.generated(config, page, content=(root / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point links that leave the documentation to a page of the site or to the repository."""
    at_top = page.file.src_uri in PAGES.values()
    return re.sub(_LINK, lambda link: _moved(link, at_top=at_top, repository=str(config.repo_url)), markdown)


def _moved(link: re.Match[str], *, at_top: bool, repository: str) -> str:
    target, anchor = link[1], link[2] or ""
    if at_top:
        inside, target = target.startswith("docs/"), target.removeprefix("docs/")
    else:
        inside, target = not target.startswith("../"), target.removeprefix("../")
    if inside:
        return f"]({target}{anchor})"
    return f"]({PAGES[target]}{anchor})" if target in PAGES else f"]({repository}/blob/main/{target}{anchor})"
