"""Parse the front matter of a note: YAML whose values stay as they are written. This needs PyYAML.

Dates, booleans and numbers in other notations stay texts, so that nothing is guessed. Aliases are refused, because a
few of them can stand for any amount of text, and so are tags that make objects of a program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import DecimalText

if TYPE_CHECKING:
    from scamcli.records.types import JsonObject

_FIRST_LINE = 2
"""The line of a note where its front matter begins."""

LONGEST = 64 * 1024
"""The longest front matter that is read, in characters. PyYAML takes 0.2 seconds for it."""

_TAG = "tag:yaml.org,2002:"


def parse(text: str) -> JsonObject:
    """Return the keys of front matter with their values: texts, lists and objects.

    Raises:
        DataError: the text is not YAML, is not a list of keys, repeats a key, or has an alias.
    """
    if len(text) > LONGEST:
        raise DataError(f"The front matter has more than {LONGEST:,} characters.", "Move long texts below it.")
    try:
        value = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"Line {mark.line + _FIRST_LINE}" if mark else "The front matter"
        hint = 'Put quotes around texts with ": ", "#" or brackets.'
        raise DataError(f"{line} is not YAML: {error.problem}.", hint) from None
    except (yaml.YAMLError, ValueError) as error:
        raise DataError(f"The front matter is not YAML: {str(error).splitlines()[0][:120]}.") from None
    except RecursionError:
        raise DataError("The front matter is nested too deeply.") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DataError("The front matter is not a list of keys with values, such as `date: 2024-05-14`.")
    return value


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()
            raise yaml.composer.ComposerError(None, None, f"*{event.anchor} is an alias", event.start_mark)
        return super().compose_node(parent, index)


def _text(_: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _number(_: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return DecimalText(node.value) if re.fullmatch(r"-?\d+(\.\d+)?", node.value) else str(node.value)


def _list(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> object:
    """Return a list, or the text of a wiki link without quotes, which YAML reads as a list in a list."""
    values = loader.construct_sequence(node, deep=True)
    if node.flow_style and len(values) == 1 and isinstance(values[0], list) and all(map(_is_text, values[0])):
        return f"[[{', '.join(map(str, values[0]))}]]"
    return values


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> JsonObject:
    found: JsonObject = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            problem = f"the key {quote(key[:80])} is given twice"
            raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


for _kind in ("timestamp", "bool", "merge", "value", "binary"):
    _Loader.add_constructor(_TAG + _kind, _text)
for _kind in ("int", "float"):
    _Loader.add_constructor(_TAG + _kind, _number)
_Loader.add_constructor(_TAG + "seq", _list)
_Loader.add_constructor(_TAG + "map", _mapping)
