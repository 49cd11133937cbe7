"""A reader for `scamcli ingest --with` that asks a language model through the `llm` command (https://llm.datasette.io).

`llm` sends the text to the model that it is set up for, usually over the network. To choose a model, give its name:
`--with 'python3 reader_llm.py gpt-4o-mini'`. A model on your own machine works as well, with a plugin of `llm`.
"""

import json
import subprocess
import sys

PROMPT = """Find the dated events in the text below. Write one JSON object per line and nothing else, like this:

{"quote": "the sentence that reports the event", "date": {"value": "2022-09-19", "quote": "19 September 2022"},
 "kind": {"value": "rescue", "quote": "freed"},
 "figures": [{"metric": "rescues", "wording": "more than 45", "quote": "more than 45 workers", "group": "workers"}],
 "actors": [{"name": "the name", "role": "speaker", "quote": "words with the name"}],
 "sites": [{"name": "the name", "quote": "words with the name"}],
 "provinces": [{"value": "Kandal", "quote": "Kandal"}], "countries": [{"value": "KH", "quote": "Cambodia"}],
 "nationalities": [{"value": "Thai", "quote": "Thai workers"}]}

Each object is on one line. Copy every quote, name and wording from the text, letter by letter, in its language. Leave
out what the text does not say. Dates are YYYY-MM-DD, YYYY-MM or YYYY. Wordings include words such as "more than".

Kinds: %(kinds)s
Roles: %(roles)s
Metrics: %(metrics)s
Known actors: %(actors)s
Known sites: %(sites)s
Date of publication: %(published)s

Text:
"""


def prompt_for(request: dict) -> str:
    words = request["vocabulary"]
    lists = {key: ", ".join(words[key]) or "none" for key in ("kinds", "roles", "actors", "sites")}
    metrics = "; ".join(f"{name} ({metric['about']})" for name, metric in words["metrics"].items())
    return PROMPT % {**lists, "metrics": metrics, "published": request["metadata"]["published"] or "unknown"}


def main() -> None:
    request, model = json.load(sys.stdin), sys.argv[1:2]
    command = ["llm", "--no-stream", *(["--model", *model] if model else [])]
    try:
        # The text is piped in, because a prompt among the arguments would be visible to other users of the machine.
        done = subprocess.run(
            command, input=prompt_for(request) + request["text"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
    except FileNotFoundError:
        sys.exit("The `llm` command is not installed: pip install llm")
    if done.returncode:
        sys.exit("The `llm` command failed.")
    print(json.dumps({"protocol": 1, "reader": {"name": "llm", "version": model[0] if model else "default"}}))
    for line in done.stdout.splitlines():
        if line.strip().startswith("{"):  # models like to add fences and explanations
            print(line.strip())


if __name__ == "__main__":
    main()
