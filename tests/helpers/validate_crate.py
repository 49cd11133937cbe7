"""Run roc-validator over the RO-Crate in a folder, and print what its profile requires and the crate lacks.

It has an environment of its own, because it needs an older rich than import-linter: `make validators`. It gets the
context of RO-Crate from the package of the reference library, so that it needs no network.
"""

import io
import sys
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.response import addinfourl

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def validate(folder: Path) -> list[str]:
    """Return what is wrong."""
    import requests
    import rocrate
    from rdflib import parser
    from rocrate_validator import models, services

    text = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()

    def opened(request: Any) -> addinfourl:
        assert request.full_url == CONTEXT
        headers = Message()
        headers["Content-Type"] = "application/ld+json"
        return addinfourl(io.BytesIO(text), headers, CONTEXT, 200)

    def answered(session: object, method: str, url: str, **options: object) -> Any:
        assert url == CONTEXT
        response: Any = requests.Response()
        response.status_code, response.url, response._content = 200, url, text
        response.headers["Content-Type"] = "application/ld+json"
        return response

    setattr(parser, "_urlopen", opened)  # noqa: B010 - it is not exported
    setattr(requests.Session, "request", answered)  # noqa: B010 - a method
    settings = services.ValidationSettings(
        rocrate_uri=folder, profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.REQUIRED
    )
    return [str(issue.message) for issue in services.validate(settings).get_issues()]


if __name__ == "__main__":
    for message in validate(Path(sys.argv[1])):
        print(message)  # noqa: T201 - this is its answer
