"""A reader for `scamcli ingest --with`: it finds sentences such as "45 Thai workers were rescued".

It shows the protocol, in the standard library alone. One JSON request comes in on stdin; one JSON object per line goes
out on stdout: first an introduction, then a draft for each sentence. Every value comes with words of the text.
"""

import json
import re
import sys

MONTHS = "January February March April May June July August September October November December".split()
DATE = rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})|({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})"
NUMBER = r"(?:(?:more than|over|at least|about|nearly) )?\d[\d,]*"
PEOPLE = r"(?: [A-Z]\w+)?(?: (?:workers|people|victims|suspects|men|women|foreigners|nationals))"
VERBS = {"rescued": "rescue", "freed": "rescue", "arrested": "arrest", "deported": "deportation"}
METRICS = {"rescue": "rescues", "arrest": "arrests", "deportation": "deportations"}
EVENT = rf"({NUMBER})({PEOPLE}) (?:were|have been) ({'|'.join(VERBS)})|({'|'.join(VERBS)}) ({NUMBER})({PEOPLE})"


def iso(match: re.Match[str]) -> str:
    day, month, year = match[1] or match[5], match[2] or match[4], match[3] or match[6]
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"


def drafts(request: dict):
    text, date = " ".join(request["text"].split()), None  # line breaks do not matter in quotes
    for sentence in re.finditer(r"[^.!?]+[.!?]?", text):
        date = re.search(DATE, sentence[0]) or date
        event = re.search(EVENT, sentence[0])
        if not date or not event:
            continue
        number, people, verb = (event[1], event[2], event[3]) if event[1] else (event[5], event[6], event[4])
        kind = VERBS[verb]
        figure = {"metric": METRICS[kind], "wording": number, "quote": event[0], "group": people.split()[-1]}
        known = [name for name in request["vocabulary"]["actors"] if name in sentence[0]]
        yield {
            "quote": sentence[0].strip(),
            "date": {"value": iso(date), "quote": date[0]},
            "kind": {"value": kind, "quote": verb},
            "figures": [figure],
            "actors": [{"name": name, "role": "mentioned", "quote": name} for name in known],
        }


def main() -> None:
    request = json.load(sys.stdin)
    print(json.dumps({"protocol": 1, "reader": {"name": "reference", "version": "1.0"}}))
    for draft in drafts(request):
        print(json.dumps(draft, ensure_ascii=False))


if __name__ == "__main__":
    main()
