"""What the library for WARC files writes by itself never reaches a terminal."""

from __future__ import annotations

import io

import pytest

from scamcli.store import warc_records

LINES = [
    "WARC/1.0", "WARC-Type: resource", "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
    "WARC-Date: 2024-01-02T03:04:05Z", "WARC-Target-URI: https://a.example/1", "Content-Type: text/plain",
    "Content-Length: 4", "", "Text and X-User: Vanna Invented", "", "",
]  # fmt: skip


def test_the_rest_of_a_record_is_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("warcio")
    archive = "\r\n".join([*LINES, *LINES]).encode()
    for record in warc_records.records(io.BytesIO(archive)):
        record.content_stream().read()
    assert "Vanna" not in capsys.readouterr().err
