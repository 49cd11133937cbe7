"""Numbers in sentences whose wording ingest once cut or counted twice. Written as in ``test_counts.py``."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures, record

SENTENCES = [
    # the same number in words and in figures
    ("Fourteen (14) men were rescued.", "rescues 14 (men)"),
    ("Police freed 14 (fourteen) men.", "rescues 14 (men)"),
    ("Police freed two hundred (200) Bangladeshis.", "rescues 200 Bangladeshi"),
    ("Fourteen men (14) were rescued.", "rescues 14 (men)"),
    ("Police freed seven (7) Indonesians and three (3) Thais.", "rescues 7 Indonesian | rescues 3 Thai"),
    ("Fourteen (15) men were rescued.", ""),
    # a part of a number: nothing happened to all of them
    ("Most of the 40 workers were rescued.", "people 40 (workers)"),
    ("Police rescued half of the 40 workers.", "people 40 (workers)"),
    ("Twelve of the 40 workers were rescued.", "rescues 12 <1 | people 40 (workers)"),
    ("He was one of 40 Filipinos rescued that day.", "rescues 40 Filipino"),
    ("Nine in ten workers were rescued.", ""),
    # another number: a multiple, an average, a rate, a difference
    ("Police arrested double the 40 suspects.", ""),
    ("Police arrested twice as many as 40 suspects.", ""),
    ("Police rescued an average of 20 workers.", ""),
    ("Police rescued 20 workers a day.", ""),
    ("Police rescued 20 workers a day later.", "rescues 20 (workers)"),
    ("Police rescued 45 people per room.", ""),
    ("Agents held 45 people in each room.", ""),
    ("Agents sold 20 Thai workers a day.", ""),
    ("Police freed 12 people from a compound in Kampot.", "rescues 12"),
    (
        "Police freed 30 workers inside a building. They freed 12 Thais in a day.",
        "rescues 30 (workers) | rescues 12 Thai",
    ),
    ("Police arrested 20 more suspects than last year.", ""),
    ("Police handled 63 cases, six fewer than in 2017.", "cases 63"),
    # bounds
    ("Police rescued barely 100 workers.", "rescues ~100 (workers)"),
    ("Police rescued not even 100 workers.", "rescues ..99 (workers)"),
    ("Police rescued approx. 40 workers.", "rescues ~40 (workers)"),
    ("Police rescued from 20 to 30 workers.", "rescues 20..30 (workers)"),
    ("Police rescued 30~40 workers.", "rescues 30..40 (workers)"),
    ("Police rescued 2,50,000 workers.", "rescues 250000 (workers)"),
    ("Police rescued 12M and 3F.", ""),
    # prison
    ("He was sentenced to six years and four months in prison.", "sentences 6.33333"),
    ("He was sentenced to six years, four months in prison.", "sentences 6.33333"),
    ("He was sentenced to two and a half years in prison.", "sentences 2.5"),
    ("He was sentenced to 4½ years in prison.", "sentences 4.5"),
    ("He was sentenced to twelve (12) years in prison.", "sentences 12"),
    ("He was jailed for 7 yrs.", "sentences 7"),
    ("He was sentenced to life in prison.", ""),
    ("He was sentenced to three years in prison, suspended for 18 months.", "sentences 3"),
    ("After six months in jail he was freed.", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_figures_of_a_sentence(sentence: str, expected: str) -> None:
    assert figures(sentence) == (expected.split(" | ") if expected else [])


MONEY = [
    ("Victims in Nepal lost Rs 1,46,00,000 to the scam.", "NPR"),
    ("Victims in Japan lost ¥3 million to the scam.", "JPY"),
    ("Victims in China lost ¥3 million to the scam.", "CNY"),
    ("Victims lost ¥3 million to the scam.", "yen or yuan"),
    ("Victims in Mexico lost 3 million pesos to the scam.", "MXN"),
    ("Victims in Kuwait lost 500 dinars to the scam.", "KWD"),
    ("Victims lost 500 dinars to the scam.", "dinars"),
    ("Victims in Singapore lost $3 million to the scam.", "dollars"),
    ("Victims in Cambodia lost $2.3m to the scam.", None),
]


@pytest.mark.parametrize(("sentence", "unit"), MONEY)
def test_the_country_decides_whose_money_it_is(sentence: str, unit: str | None) -> None:
    [figure] = record(sentence)["figures"]
    assert (figure["metric"], figure["unit"]) == ("losses", unit)
