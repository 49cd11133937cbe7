"""What is counted: nouns of people, of things and of premises, and what they say themselves of whom they name.

A new noun of people stands under its group, one of things under its metric.
"""

from __future__ import annotations

from scamcli.ingest.lexicon import filed, listed

OFFICIALS = listed("officials official officers officer policemen policewomen")
"""Nouns of those who act for a state: they are counted only where something is done to them."""

PEOPLE: dict[str, str | None] = {
    **dict.fromkeys(OFFICIALS, "officials"),
    **filed(
        foreigners="foreigners foreigner expatriates expats",
        women="women woman females ladies",
        men="men man males",
        children="children child girls boys girl boy kids babies infants toddlers",
        minors="minors minor teenagers teens adolescents juveniles underage youths",
        workers="""
        workers worker labourers laborers employees staffers labourer laborer jobseekers workforce""",
        victims="victims victim survivors survivor",
        suspects="suspects suspect",
        perpetrators="perpetrators perpetrator",
        citizens="citizens citizen",
        defendants="defendants defendant accused",
    ),
    **dict.fromkeys(
        listed(
            """
            people persons person individuals individual humans nationals national others residents passengers migrants
            migrant students student detainees detainee captives captive hostages hostage returnees returnee deportees
            graduates trainees members refugees bodies corpses escapees inmates prisoners arrestees compatriots
            countrymen body corpse
            """
        )
    ),
}
"""Nouns of people, and the group that they name; ``None``: no group, or none of the vocabulary's."""

PERSONS = listed(
    """
    traffickers scammers scammer ringleaders ringleader recruiters recruiter smugglers offenders masterminds kingpins
    operators leaders bosses dealers engineers brokers broker managers manager guards patients captains clerks
    accomplices accomplice supervisors supervisor handlers couriers drivers lookouts translators translator interpreters
    foremen employers models soldiers boatmen fishermen farmers mothers parents relatives siblings sisters brothers
    villagers callers applicants candidates tourists travellers travelers teachers nurses executives directors owners
    landlords bankers programmers technicians cooks cleaners fraudsters gamblers crew couples tenants slaves associates
    henchmen thugs enforcers middlemen agents recruits newcomers arrivals evacuees asylum
    """
)
"""Nouns of people who are counted only where the text says what became of them."""

OWN_METRIC = filed(
    victims="victims victim survivors",
    suspects="suspects suspect defendants",
    detentions="detainees",
    captives="captives hostages",
    deaths="bodies body corpse corpses",
    repatriations="returnees deportees",
    escapes="escapees",
    arrests="arrestees",
)
"""Nouns of people that say themselves what became of them."""

THINGS = filed(
    complaints="complaints complaint",
    requests="requests request appeals pleas",
    reports="reports report tips",
    cases="cases case",
    articles="articles stories investigations",
    members="subscribers followers",
    nationalities="nationalities countries",
    provinces="provinces",
    arrests="arrests",
    deaths="deaths fatalities toll",
    rescues="rescues",
    repatriations="repatriations deportations",
    escapes="escapes",
    detentions="detentions",
)
"""Nouns of what is counted that is no person, and the metric."""

PREMISES = listed(
    """
    buildings building compounds compound casinos casino hotels hotel condominiums condos sites site locations location
    places premises villas villa houses house apartments apartment offices office properties property venues centres
    centers dens hideouts warehouses guesthouses resorts establishments hubs blocks towers complexes bases flats
    shophouses condominium spots targets dormitories parlours estates mansions bungalows facilities facility plants
    factories farms shops bars clubs salons addresses residences homes rooms workshops halls parks lodges restaurants
    massage units piers
    """
)

OTHER_THINGS = listed(
    """
    computers laptops phones telephones smartphones mobile sim cards passports vehicles cars trucks vans boats buses
    weapons guns pistols rifles batons devices rooms beds accounts cables antennas dishes receivers servers lines
    messages posts videos photos documents items pieces sets packages calls contracts bags tablets pills flights
    ministers ministries agencies organisations organizations groups gangs networks companies firms banks branches
    checkpoints teams units charges counts times steps points recommendations votes seats languages websites domains
    channels pages books interviews operations readers raids meetings visits hearings witnesses lawyers judges warrants
    towns villages districts cities states families households couples metres kilometres dogs interpreters shelters
    courts schools hospitals sections chapters
    """
)
"""What is counted and is in no metric: explained, and no figure."""

NOUNS = frozenset(PEOPLE).union(PERSONS, THINGS, PREMISES, OTHER_THINGS)

OF_SOME_COUNTRY = listed("nationals citizens compatriots countrymen")
"""Nouns of people who are of a country, also where none is named: "the embassy brought home 34 citizens"."""

CITIZENS = listed("nationals citizens citizen")
"""Nouns that name no group where a nationality is told: "12 Thai citizens"."""

FOREIGN = listed("foreign overseas")
FOREIGN_NOUNS = listed("nationals national citizens people")
"""Nouns that `FOREIGN` before them makes foreigners."""

FEMALE = listed("female")
FEMALE_NOUNS = listed("people workers victims suspects nationals")
"""Nouns that `FEMALE` before them makes women."""

CALLS = listed("calls messages pleas appeals")
"""Nouns that are requests where one of `HELP` is asked for."""

HELP = listed("help assistance rescue intervention")

CHANNELS = listed("channel chat telegram forum page facebook")
"""Words near "members" that are members of a channel."""

RECORDING = listed("recorded received filed registered record receives logged")
"""Words of a sentence whose reports are no publications."""

OF_COUNTRIES = listed("from of representing")
"""Words before a number of countries that is one of nationalities."""
