"""Words that say what happened, in the newspaper English of several countries: one sentence for each word."""

from __future__ import annotations

import pytest

from tests.helpers.proposals_of import figures

WORDS = [
    ("A boat with 45 migrants was towed to Zarzis.", "rescues 45"),
    ("The coast guard plucked 24 migrants from the sea.", "rescues 24"),
    ("The navy picked up 62 migrants.", "rescues 62"),
    ("Police picked up 62 migrants.", "arrests 62"),
    ("Fourteen people were lifted out.", "rescues 14"),
    ("The fishermen hauled 12 people out of the water.", "rescues 12"),
    ("Thai soldiers received 172 foreigners from a militia.", "rescues 172 (foreigners)"),
    ("Six workers scaled a wall.", "escapes 6 (workers)"),
    ("Two workers dashed across the border.", "escapes 2 (workers)"),
    ("The embassy airlifted 31 Malaysians home.", "repatriations 31 Malaysian"),
    ("Then 120 Laotians were bused to the border and home.", "repatriations 120 Lao"),
    ("The group restored 213 girls to their families.", "repatriations 213 (children)"),
    ("Lao police hand 112 Chinese to Chinese officers.", "repatriations 112 Chinese"),
    ("Nine girls went home.", "repatriations 9 (children)"),
    ("Nine girls wish to go home.", "people 9 (children)"),
    ("Algeria pushed back 1,200 migrants into Niger.", "deportations 1200"),
    ("The bureau booted out 43 Chinese.", "deportations 43 Chinese"),
    ("Forty-three Nigerians were removed from the country.", "deportations 43 Nigerian"),
    ("Police caught three smugglers.", "arrests 3"),
    ("Nine ringleaders were cuffed.", "arrests 9"),
    ("Four men are in preventive prison.", "detentions 4 (men)"),
    ("The 200 migrants were transferred to detention centres.", "detentions 200"),
    ("Nine men were sent to jail on remand.", "detentions 9 (men)"),
    ("Police chargesheeted 14 persons.", "charged 14"),
    ("The agency submitted a challan against 39 persons.", "charged 39"),
    ("Nine persons were booked under the Immigration Act.", "charged 9"),
    ("The trial of 12 people opened.", "charged 12"),
    ("Eight men went on trial in Palermo.", "charged 8 (men)"),
    ("Three men were sent to the gallows.", "convictions 3 (men)"),
    ("Two men were given life.", "convictions 2 (men)"),
    ("Nine workers were beaten to death.", "deaths 9 (workers)"),
    ("Ten men were buried in Libya.", "deaths 10 (men)"),
    ("Four people sustained injuries.", "injuries 4"),
    ("Seven men are in hospital with serious injuries.", "injuries 7 (men)"),
    ("Six people were treated for hypothermia.", "injuries 6"),
    ("The 153 men are still being traced.", "missing 153 (men)"),
    ("Nine women were chained to their beds.", "captives 9 (women)"),
    ("Forty Nepalis are languishing in the compound.", "captives 40 Nepali"),
    ("Forty Nepalis are languishing in jail.", "detentions 40 Nepali"),
    ("Nineteen women were accepted as trafficking victims.", "victims 19 (women)"),
    ("Four people were placed under investigation.", "suspects 4"),
    ("Four men are on the run.", "suspects 4 (men)"),
    ("Three men were cleared of all charges.", "people 3 (men)"),
]


@pytest.mark.parametrize(("sentence", "expected"), WORDS)
def test_words_for_what_happened(sentence: str, expected: str) -> None:
    assert figures(sentence) == [expected]
