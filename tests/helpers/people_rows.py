"""Rows in the shape of the data of CTDC. Everything in them is invented."""

from __future__ import annotations

import random

SYNTHETIC = (
    "yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths",
    "meansDebtBondageEarnings", "meansThreats", "isForcedLabour", "isSexualExploit", "isOtherExploit",
    "typeOfLabourConstruction", "recruiterRelationFriend",
)  # fmt: skip
ANONYMISED = (
    "yearOfRegistration", "Datasource", "gender", "ageBroad", "majorityStatus", "citizenship", "isForcedLabour",
    "isSexualExploit", "isOtherExploit", "isSexAndLabour", "CountryOfExploitation", "recruiterRelationFriend",
)  # fmt: skip


def ctdc(columns: tuple[str, ...], countries: dict[str, str], missing: str, seed: int = 7) -> list[dict[str, str]]:
    """Rows of CTDC, in which many people are the same in all columns."""
    chance = random.Random(seed)
    rows = []
    for _ in range(900):
        ours = {
            "yearOfRegistration": chance.choice((missing, "2016", "2017", "2022.0")), "Datasource": "Case Management",
            "gender": chance.choice((missing, "Woman", "Female", "Man")),
            "ageBroad": chance.choice(("9--17", "30--38")), "majorityStatus": "Adult",
            "citizenship": chance.choice((missing, *countries)),
            "CountryOfExploitation": chance.choice((missing, *countries)),
            "isForcedLabour": chance.choice((missing, "0", "1", "1.0")),
            "isSexualExploit": chance.choice((missing, "1")),
        }  # fmt: skip
        rows.append({name: ours.get(name, missing) for name in columns})
    return rows
