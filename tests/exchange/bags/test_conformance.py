"""Bags as RFC 8493 and its earlier drafts allow them, made by hand, and some that they do not allow."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.driver import Answer

DECLARATION = "BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"


def bag(  # noqa: PLR0913 - a table of forms gives these
    folder: Path, *, version: str = "1.0", encoding: str = "UTF-8", algorithm: str = "sha256", prefix: str = "",
    declaration: str = DECLARATION,
) -> Path:  # fmt: skip
    """Write a bag with one file."""
    made = folder / "bag"
    (made / "data").mkdir(parents=True)
    (made / "data" / "ស.txt").write_text("hello")
    (made / "bagit.txt").write_text(declaration.format(version=version, encoding=encoding))
    (made / "bag-info.txt").write_bytes("Source-Organization: បណ្ណាល័យ\n".encode(encoding))
    for name, files in (("manifest", ["data/ស.txt"]), ("tagmanifest", ["bagit.txt", "bag-info.txt"])):
        lines = [
            f"{hashlib.new(algorithm, (made / file).read_bytes()).hexdigest()}  {prefix}{file}\n" for file in files
        ]
        (made / f"{name}-{algorithm}.txt").write_bytes("".join(lines).encode(encoding))
    return made


def verified(made: Path, folder: Path) -> Answer:
    return run("evidence", "verify", str(made), "--db", str(folder / "none.db"))


FORMS: list[dict[str, str]] = [
    {}, {"prefix": "./"}, {"prefix": "././"}, {"encoding": "UTF-16"}, {"encoding": "UTF-16LE"}, {"version": "0.97"},
    {"declaration": DECLARATION.replace("\n", "\r\n")}, {"declaration": DECLARATION.rstrip()},
    {"version": "0.97", "declaration": DECLARATION.replace(":", " :")}, {"algorithm": "sha512"},
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_the_standard_allows_is_verified(form: dict[str, str], tmp_path: Path) -> None:
    made = bag(tmp_path, **form)
    seen = verified(made, tmp_path)
    assert (seen.code, "4 files verified" in seen.err or "5 files verified" in seen.err) == (0, True), seen
    (made / "data" / "ស.txt").write_text("other")
    assert verified(made, tmp_path).code == 5


@pytest.mark.parametrize(
    "declaration",
    [DECLARATION.replace(":", " :"), DECLARATION.replace(": ", ":  "), f" {DECLARATION}", f"{DECLARATION}\n\n"],
)
def test_the_declaration_of_version_1_is_strict(declaration: str, tmp_path: Path) -> None:
    seen = verified(bag(tmp_path, declaration=declaration), tmp_path)
    assert (seen.code, "not written as BagIt 1.0 demands" in seen.out) == (5, True), seen


@pytest.mark.parametrize("encoding", ["punycode", "idna", "zlib", "utf-7", "nothing"])
def test_an_encoding_that_is_none_is_refused(encoding: str, tmp_path: Path) -> None:
    made = bag(tmp_path, declaration=DECLARATION.replace("{encoding}", encoding))
    seen = verified(made, tmp_path)
    assert (seen.code, f"unknown encoding {encoding}" in seen.out) == (5, True), seen


@pytest.mark.parametrize("algorithm", ["md5", "sha1"])
def test_sums_that_can_be_forged_are_named(algorithm: str, tmp_path: Path) -> None:
    seen = verified(bag(tmp_path, algorithm=algorithm), tmp_path)
    assert (seen.code, seen.out) == (0, "")
    assert f"only {algorithm.upper()}. They show damage, but not forgery" in seen.err
    assert "has no fingerprint" in seen.err


def test_other_sums_are_not(tmp_path: Path) -> None:
    made = bag(tmp_path)
    seen = verified(made, tmp_path)
    assert "forgery" not in seen.err
    assert seen.out.strip() == hashlib.sha256((made / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
