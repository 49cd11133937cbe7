"""Words beside numbers that count nobody: measures of time and space, numbers in names, ages, terms of prison."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

DURATIONS = listed(
    """
    day days week weeks month months year years hour hours minute minutes second seconds decade decades night nights
    weekend weekends
    """
)
LENGTHS = listed(
    """
    km kilometre kilometres kilometer kilometers metre metres meter meters mile miles m cm hectare hectares acre acres
    tonne tonnes ton tons kg kilogram kilograms kilo a.m. p.m. kilos gram grams litre litres liters sq square storey
    storeys story stories floor floors feet foot degrees percentile pages page am pm
    """
)

NUMBERED = listed(
    """
    no number st street road route highway article articles section phase tier chapter room building block unit page
    item level version lot house flight bus apartment zone floor gate villa ward district group km kilometre kilometer
    sangkat khan phum team brigade batch wave hotline telephone tel phone fax box act decree law order resolution
    regulation
    """
)
"""Words before a number that make it a name: "Article 17", "Tier 3", "Street 271"."""

NUMBERED_IN_CAPITALS = listed("order act team group")
"""Those that are ordinary words in lower case."""

NUMBER_SIGNS = listed("# № +")
ABBREVIATED = listed("no nos st tel")
"""Abbreviations before a number: "No. 12"."""

PARENTS = listed("mother father parent grandmother grandfather mum mom dad")
"""Nouns of people whose children a number after "of" counts."""

AGED = listed("aged age ages youngest oldest")
AGE_UNITS = listed("years year months month")
UNDER = listed("under over below")
LEGAL_AGES = listed("15 16 17 18 21")
MINOR_AGES = listed("15 16 17 18")

PRISON = listed(
    "prison jail imprisonment sentence sentenced sentences sentencing jailed term bars imprisoned convicted behind"
)
"""Words beside years that somebody has to spend there."""

THREATENED = listed("maximum penalty facing faces face punishable carries")
"""Words before years to which nobody was sentenced yet."""

GIVEN = listed("handed given got gave")
"""Verbs before years that are a sentence where one of `GIVEN_FOR` follows: "were given 12 years each"."""

GIVEN_FOR = listed("each for in behind")

BEFORE_YEAR = listed("in since of by during until early late from before after between to and throughout ( mid end")
"""Words before four digits that can be a year; without one they count: "2000 workers"."""

NAMED_QUARTERS = listed("first second third fourth last")
"""Words with which a date may begin that is no month: "first half of 2023"."""
