"""Rows in the shape of UNODC's GLOTIP and of the data of CTDC. Everything in them is invented."""

from __future__ import annotations

import random

GLOTIP = (
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year",
    "Unit of measurement", "txtVALUE", "Source",
)  # fmt: skip
COUNTRIES = {
    "KHM": ("Cambodia", "Asia"), "THA": ("Thailand", "Asia"), "KEN": ("Kenya", "Africa"), "XKX": ("Kosovo", "Europe"),
    "GBR_S": ("United Kingdom (Scotland)", "Europe"), "": ("Sark", "Europe"), "SAM": ("", ""),
}  # fmt: skip
"""With a part of a country, an island without a code, and a region of the world, whose rows add up countries."""
INDICATORS = (
    "Detected trafficking victims", "Persons brought into formal contact", "Persons prosecuted", "Persons convicted",
    "Offences of trafficking in persons",
)  # fmt: skip
BREAKDOWNS = (
    ("Total", "Total", "Female", "18 years or over"),
    ("Total", "Total", "Male", "18 years or over"),
    ("Total", "Total", "Total", "0 to 17 years"),
    ("Total", "Total", "Female", "Total"),
    ("by form of exploitation", "Forced labour", "Total", "Total"),
    ("by form of exploitation", "Other forms of exploitation", "Total", "Total"),
    ("by citizenship", "Nigeria", "Total", "Total"),
    ("by country of repatriation", "Abroad", "Total", "Total"),
)


def glotip(seed: int = 7) -> list[dict[str, str]]:
    """Rows of GLOTIP: totals with breakdowns, some of which have no total or contradict each other."""
    chance = random.Random(seed)
    rows = []
    for code, (country, region) in COUNTRIES.items():
        for indicator in INDICATORS:
            for year in range(2015, 2021):
                first = (code, country, region, "", indicator)
                kinds = [("Total",) * 4] if chance.random() < 0.85 else []
                kinds += [one for one in BREAKDOWNS if chance.random() < 0.5]
                kinds += [BREAKDOWNS[5]] if BREAKDOWNS[5] in kinds and chance.random() < 0.5 else []
                for kind in kinds:
                    value = chance.choice(("<5", "<5", "43", "43", f"{chance.randrange(5, 999)}", "2,702"))
                    cells = (*first, *kind, str(year), "Counts", value, "GLOTIP")
                    rows.append(dict(zip(GLOTIP, cells, strict=True)))
    return rows


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
