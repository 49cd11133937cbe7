"""The vocabulary of the rules, as data in one place: a rule knows how words stand, these tables which words."""


def listed(words: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(words.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of a table that is written as text, apart by commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def filed(**words: str) -> dict[str, str]:
    """The words of a table, each with the heading under which it stands."""
    return {word: heading for heading, several in words.items() for word in several.split()}
