"""What becomes of people: the words that say so, each under the metric that it tells of.

``caught`` is an arrest of suspects, and a detention of anybody else.
"""

from __future__ import annotations

from scamcli.ingest.lexicon import filed, listed

CUES = filed(
    rescues="""
    rescue rescued rescues rescuing freed free freeing frees release released releases releasing liberated liberate
    liberates liberating saved saving extricated extricate extracted evacuated retrieved""",
    escapes="escape escaped escapes escaping fled flee flees fleeing absconded absconding bolted bolt",
    repatriations="""
    repatriate repatriated repatriates repatriating repatriation repatriations deport deported deports deporting
    deportation deportations returned returning return expelled expel expelling extradited extradite extradition
    homecoming""",
    arrests="""
    arrest arrested arrests arresting nabbed nab nabs apprehended apprehending apprehend apprehends captured busted
    collared handcuffed""",
    detentions="detain detained detains detaining detention detentions custody remanded intercepted",
    caught="netted netting nets",
    suspects="""
    charged charge charges charging indicted indict indicts indicting prosecuted prosecute prosecutes prosecuting
    convicted convict convicts convicting tried jailed jail jails suspected arraigned sentenced""",
    captives="""
    captive captives captivity trapped stranded confined confining enslaved imprisoned hostage hostages slaves slavery
    held holding hold holds locked stuck imprisoning trapping""",
    deaths="died die dies dying dead killed kill kills killing death deaths drowned murdered perished suicide suicides",
)
"""Words that say it by themselves."""

_PHRASES = """
led lead leads | arrests 3 away handcuffs | rescues 2 out free
carried escorted helped ushered | rescues 2 out free
hauled haul | suspects 8 court prosecutors prosecutor judge judges | rescues 2 out free | caught 1 in
behind | detentions 1 bars
left | captives 1 behind
climbed climb climbs climbing swam swim leapt | escapes 4 away out over across wall fence river window into
pulled pull pulls plucked removed | caught 1 in | rescues 2 out free | rescues 5 from
passing bodies body corpses corpse | deaths 1 of
lodged housed | detentions 6 detention holding immigration custody
walked walk walks | rescues 1 free | escapes 1 out
set go went | rescues 2 free go out
let lets | rescues 7 free go | rescues 2 out
ran run runs broke break slipped slip sneaked | escapes 3 away out off free
got get gets getting | escapes 3 away out off free across
are is were | captives 4 compounds camps captivity
handed turned | suspects 8 court prosecutors prosecutor judge judges | repatriations 9 over
picked pick picking rounded round rounding | caught 1 up
referred presented appeared appear summoned | suspects 8 court prosecutors prosecutor judge judges
stand stood face faces faced facing await awaiting | suspects 4 trial charges
brought bring brings bringing taken take took takes \
| suspects 8 court prosecutors prosecutor judge judges | repatriations 9 home | repatriations 5 back \
| rescues 2 out free | rescues 6 out | repatriations 20 plane planes flight flights aircraft jet jets
sent send sends sending \
| suspects 8 court prosecutors prosecutor judge judges | repatriations 9 home | repatriations 5 back \
| rescues 2 out free | repatriations 20 plane planes flight flights aircraft jet jets
flew flown fly flies flying welcomed welcome escort | repatriations 9 home | repatriations 5 back | repatriations 1 out
touched touch touches | repatriations 1 down
put placed puts | repatriations 20 plane planes flight flights aircraft jet jets | detentions 6 bars
boarded | repatriations 20 plane planes flight flights aircraft jet jets
jumped jump fell plunged | deaths 4 death deaths | escapes 3 away out off free fence wall window
lost | deaths 3 lives life
kept keep keeps | captives 3 inside behind captive locked in at under leaving
remain remains remained remaining still | captives 3 inside behind captive locked there trapped stranded held stuck \
| captives 4 compound compounds captivity zone zones camp
forced made compelled coerced forcing | captives 5 work scam scams scamming defraud labour labor cheat fraud
cannot unable not n't never | captives 4 leave
against | captives 3 will
came come comes coming | repatriations 1 home back
identified recognised recognized classified certified classed deemed confirmed listed | victims 4 victims trafficked
"""


def _read(table: str) -> dict[str, tuple[tuple[str, int, frozenset[str]], ...]]:
    found: dict[str, tuple[tuple[str, int, frozenset[str]], ...]] = {}
    for line in table.strip().splitlines():
        verbs, *ways = line.split("|")
        read = (way.split() for way in ways)
        found |= dict.fromkeys(verbs.split(), tuple((way[0], int(way[1]), frozenset(way[2:])) for way in read))
    return found


PHRASES = _read(_PHRASES)
"""Words that say it with another within so many words: "sent … home", "walked free". The first that fits counts."""

WEAK_CUES = {"trafficked": "victims"}
"""Words that say it only where nothing else does."""

MOVING = listed(
    """
    back came come comes coming arrive arrived arrives arriving land landed lands landing cross crossed crosses crossing
    reach reached return returned returning travelled flew flown fly flies flying sent send sends brought bring brings
    taken took left leave leaves departed depart departs headed driven handed turned transferred transfer receive
    received receives
    """
)
"""Verbs of people who move or are moved: to a place or the police of their own country they go home."""

TELLING = MOVING.union(CUES, PHRASES)
"""Every word that can say what happened."""

LANDING = listed("arrive arrived arrives arriving land landed lands landing received receive")
"""Those that tell of a way home where an airport is named."""

AIRPORTS = listed("airport airports")

CARRIERS = listed("flight plane aircraft jet flights planes charter")
CARRYING = listed("carrying bringing transporting carried with")
"""What those do who take people home: "a flight carrying 62"."""

RECEIVING = listed("receive received receives receiving")
"""Verbs of a country whose citizens come home."""

IRREGULAR = listed("brought sent taken held kept put led flown caught driven")
"""Participles that do not end in "ed"."""

HOLDING = listed("held hold holding holds locked")
"""Verbs of the police, and of those who keep people captive."""

POLICE = listed("police authorities immigration custody officers officials questioning station")
CAPTIVE = listed("captive hostage against will compound compounds gang gangs inside forced")

UNREAL = listed(
    """
    not n't never will would plan planned plans planning intend intends intended hope hopes hoped failed fails fail
    unable cannot refused refuses declined waiting awaiting wait expected due preparing prepares vowed vows pledged
    promised trying tried try attempting attempted wants seeks seek sought urged yet
    """
)
"""Words shortly before a cue with which it tells of nothing that happened."""

DENIED = listed("denied denies deny denying none neither nobody")
"""Words shortly before a number with which nothing happened to those."""

DENYING = listed("denied denies denying rejected rejects dismissed dismisses refuted refutes never")
OF_WHAT = listed("that report reports claim claims allegation allegations rumour rumours rumors having said")
"""Words between `DENYING` and a number that make it a number which somebody denies."""

CALLED_FALSE = listed("fake false untrue wrong baseless fabricated")
"""Words after "reports of 300" that do the same."""

NOT_FREEING = listed("bail charge charges photo photos photographs video footage statement names")
"""Words shortly after "released" that tell of nobody who was freed."""

HARMING = listed("injured wounded hurt beat tortured raped ignored attacked robbed")
"""Verbs whose number no cue before them tells of: "killed a man, and injured two"."""

INTRANSITIVE = listed("died dies die dying fled flee escaped drowned perished")
"""Cues that tell of no number after them: "one died, five were rescued"."""

NO_CUE = listed(
    """
    warrant warrants workers worker team teams operation operations mission missions center centers centre centres
    facility facilities toll penalty threat threats request requests order orders call calls statement report flight
    ticket tickets hotline
    """
)
"""Words after which a cue is part of a name of something else: "arrest warrants", "the death penalty"."""

CUE_NOUNS = listed("return release escape arrest rescue deportation detention death deaths releases arrests escapes")
"""Cues that are nouns as well: after those whom they tell of they are verbs only at once."""

RESUMED = listed("return escape rescue arrest")
"""Cues that are verbs after a comma, too, where one of `RESUMED_TO` follows: "five women, return to Jakarta"."""

RESUMED_TO = listed("to home from")

ALONE = listed(
    """
    escaped fled flee flees died die returned dead rescued freed arrested detained killed stranded trapped charged
    deported repatriated released captive hostage custody captivity drowned
    """
)
"""Cues that need no "were" before them."""

ALONE_METRICS = ("captives", "repatriations")
"""What is told by verbs that need none either: "left for home"."""

STATES = ("captives",)
"""Metrics of how somebody is, which count only where no event is told."""

ACTING = listed("went left swam chose want")
"""Verbs of people that are no cues."""

RAIDING = listed(
    """
    swooped swoop swoops padlocked padlock descended entering covered targeted combed scoured storming raid raided raids
    raiding search searched searches searching closed close closes closing shut shuts shutting inspected inspect
    inspects inspecting sealed seal seals sealing stormed storms crackdown cracked entered enter swept checked visited
    shuttered busted demolished dismantled
    """
)
"""What is done to premises that are counted."""

FREEING = ("rescues", "arrests", "detentions")
"""What is done to people in premises that are counted: "freed from two compounds"."""
