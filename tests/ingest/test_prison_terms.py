"""Years in prison: which of them a court imposed, with how many people it sentenced."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

IMPOSED = [
    ("The leader, Lin Chih-wei, gets 13 years.", "sentences 13"),
    ("A court hands Tesfalem 18 years.", "sentences 18"),
    ("The couple got six and a half years.", "sentences 6.5"),
    ("A Houston woman got 30 yrs. on March 8.", "sentences 30"),
    ("His sons, Dean, 38, and Lee, 35, got ten years and nine years.", "sentences 10 | sentences 9"),
    ("He received five years and his daughter Kelly, 33, two years, for fraud.", "sentences 5 | sentences 2"),
    (
        "The court sentenced one to 12 years and the other, a clerk, to five.",
        "convictions 1 | sentences 12 | sentences 5",
    ),
    ("He received a sentence of four years and his cousin of two and a half.", "sentences 4 | sentences 2.5"),
    ("A court in Surin jails an ex-soldier for five years.", "sentences 5"),
    ("Their sentences range from one to four years.", "sentences 1..4"),
    ("The owner was found guilty, seven years and fine.", "sentences 7"),
    ("Sardar: 3 years (time already spent in custody, 71 days).", "sentences 3"),
    ("Prosecutors sought 15 years, but the court gave him 10 years.", "sentences 10"),
    ("Six men were handed three years each.", "convictions 6 (men) | sentences 3"),
    ("A court gives five Thai captains three years each.", "convictions 5 Thai | sentences 3"),
    (
        "A court gave two Senegalese skippers 8 and 4½ years.",
        "convictions 2 Senegalese | sentences 8 | sentences 4.5",
    ),
    ("He got six years and four months.", "sentences 6.33333"),
]

NOT_IMPOSED = [
    "They face up to thirty years of imprisonment.",
    "He could get up to 20 years.",
    "If convicted, the suspects can be jailed for 20 years.",
    "She received $2,000 over two years.",
    "She received no pay for two years.",
    "He had been given two years of training.",
    "He worked there for three years, and received 200 calls.",
]


@pytest.mark.parametrize(("sentence", "expected"), IMPOSED)
def test_years_that_a_court_imposed(sentence: str, expected: str) -> None:
    assert figures(sentence) == expected.split(" | ")


@pytest.mark.parametrize("sentence", NOT_IMPOSED)
def test_other_years(sentence: str) -> None:
    assert not [figure for figure in figures(sentence) if figure.startswith("sentences")]
