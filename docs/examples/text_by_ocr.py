"""A program for `scamcli ingest --text-from`: it reads a scan with tesseract, in Khmer and English.

A picture or a PDF comes in on stdin, and its text goes out on stdout. It needs tesseract with the languages that you
name as arguments (`khm eng` by default), and pdftoppm of Poppler for PDFs. Debian has both: tesseract-ocr,
tesseract-ocr-khm, poppler-utils.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

DOTS_PER_INCH = "300"  # what tesseract is trained for


def ocr(picture: bytes, languages: list[str]) -> str:
    command = ["tesseract", "-", "-", "-l", "+".join(languages)]
    return subprocess.run(command, input=picture, stdout=subprocess.PIPE, check=True).stdout.decode()


def pages(data: bytes) -> list[bytes]:
    """Return the pages of a PDF as pictures, or the picture itself."""
    if not data.startswith(b"%PDF-"):
        return [data]
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", DOTS_PER_INCH, "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=data, check=True)
        return [path.read_bytes() for path in sorted(Path(folder).iterdir())]


def main() -> None:
    languages = sys.argv[1:] or ["khm", "eng"]
    try:
        texts = [ocr(page, languages) for page in pages(sys.stdin.buffer.read())]
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is not installed.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} failed.")
    sys.stdout.buffer.write("\n".join(texts).encode())


if __name__ == "__main__":
    main()
