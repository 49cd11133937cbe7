"""Rows in the shape of the two daily files of Palestine Datasets, with invented numbers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

GAZA = (
    "report_date", "report_source", "report_period", "massacres_cum", "killed", "killed_cum", "killed_children_cum",
    "killed_women_cum", "killed_recovered", "injured", "injured_cum", "civdef_killed_cum", "med_killed_cum",
    "press_killed_cum", "ext_massacres_cum", "ext_killed", "ext_killed_cum", "ext_killed_children_cum",
    "ext_killed_women_cum", "ext_injured", "ext_injured_cum", "ext_civdef_killed_cum", "ext_med_killed_cum",
    "ext_press_killed_cum", "famine_cum", "aid_seeker_killed_cum",
)  # fmt: skip
WEST_BANK = (
    "report_date", "verified.killed", "verified.killed_cum", "verified.injured", "verified.injured_cum",
    "verified.killed_children", "verified.killed_children_cum", "verified.injured_children",
    "verified.injured_children_cum", "killed_cum", "killed_children_cum", "injured_cum", "injured_children_cum",
    "settler_attacks_cum", "flash_source",
)  # fmt: skip

FIRST = date(2023, 10, 7)


def gaza(days: int = 120) -> list[dict[str, str]]:
    """Days of Gaza: 9 to 11 without a report, day 30 with a correction downwards, every fifth by the other office."""
    random = Random(7)
    rows = []
    killed = injured = women = children = 0
    for number in range(days):
        is_missing = number in {0, 9, 10, 11, 48}
        daily, hurt = random.randint(20, 300), random.randint(40, 500)
        killed, injured = killed + daily, injured + hurt
        women, children = killed // 4, killed // 3
        if number == 30:
            killed -= 400
        row = {
            "report_date": (FIRST + timedelta(number)).isoformat(),
            "report_source": "missing" if is_missing else "gmotel" if number % 5 == 4 else "mohtel",
            "report_period": "0" if is_missing else "24",
            "ext_massacres_cum": str(number), "ext_killed": str(daily), "ext_killed_cum": str(killed),
            "ext_killed_children_cum": str(children), "ext_killed_women_cum": str(women), "ext_injured": str(hurt),
            "ext_injured_cum": str(injured), "ext_civdef_killed_cum": "5", "ext_med_killed_cum": "9",
            "ext_press_killed_cum": "3",
        }  # fmt: skip
        if not is_missing:
            row |= {"killed": str(daily), "killed_cum": str(killed), "injured": str(hurt), "injured_cum": str(injured)}
            row |= {"killed_children_cum": str(children), "killed_women_cum": str(women), "press_killed_cum": "3"}
        rows.append(dict.fromkeys(GAZA, "") | row)
    return rows


def west_bank(days: int = 140) -> list[dict[str, str]]:
    """Days of the West Bank: a flash update on every third, and verified numbers for the first ninety."""
    random = Random(8)
    rows, flash = [], dict.fromkeys(("killed", "killed_children", "injured", "injured_children", "settler_attacks"), 0)
    verified = dict.fromkeys(("killed", "killed_children", "injured", "injured_children"), 0)
    for number in range(days):
        row = {"report_date": (FIRST + timedelta(number)).isoformat()}
        is_update = number % 3 == 0
        if is_update:
            flash = {name: total + random.randint(1, 9) for name, total in flash.items()}
        row |= {f"{name}_cum": str(total) for name, total in flash.items()}
        row["flash_source"] = "un" if is_update else "fill"
        if number < 90:
            daily = {name: random.randint(0, 1) for name in verified}
            verified = {name: total + daily[name] for name, total in verified.items()}
            row |= {f"verified.{name}": str(one) for name, one in daily.items()}
            row |= {f"verified.{name}_cum": str(total) for name, total in verified.items()}
        rows.append(dict.fromkeys(WEST_BANK, "") | row)
    return rows
