"""Words of saying and doing, by which an actor's part in an event is known, and the kind of the event."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

SAYING = listed(
    "said says say saying told tells tell state states stated announce announced announces claim claims claimed "
    "claiming confirm confirmed confirms report reports reported estimate estimates estimated add adds added "
    "acknowledge acknowledged acknowledges warn warned warns note noted notes explain explained explains insist "
    "insisted insists argue argued argues reveal revealed reveals disclose disclosed discloses admit admitted "
    "admits concede conceded concedes maintain maintained maintains write writes wrote publish publishes "
    "published describe describes described alleges alleged allege accuse accused accuses deny denied denies "
    "dismiss dismissed dismisses reject rejected rejects call called calls urge urged urges issue issued issues "
    "traces expose exposes exposed declare declared declares reply replied comment commented post posts posted "
    "testify testified quote quotes quoted informs informed shares finds follows recalled recalls stressed "
    "stresses appeals appealed speaks spoke"
)
"""Verbs of who speaks."""

STATING = listed(
    "recorded records record registered registers counted counts received receives logged identified documented "
    "documents put puts tallied handled lists listed found find shows show showed"
)
"""Verbs of who keeps count: they speak where nobody else in the sentence does."""

SAID = listed("said says told tells claims claimed adds added explained recalled")
"""Verbs that always have a speaker, also one whom the text does not name."""

PUBLICATION = listed("investigation report documentary film article story expose probe study survey newspaper series")
DENYING = listed("deny denied denies dismiss dismissed dismisses reject rejected rejects rebuts refuted refutes refute")
SHUTTING = listed("shutdown closure shut shuts revoked revokes revoke closes")
OWNERS = listed("tycoon landlord owner")
"""Nouns right before the name of whom they call so."""

OWNED_BY = (("owned", "by"), ("operated", "by"), ("run", "by"), ("belonging", "to"), ("belongs", "to"))
BEFORE_OWNER = listed(
    ", the a an is was who its alleged allegedly reported reportedly beneficial casino hotel compound"
)
"""What may stand between a name and "owner", which says it of whom is named: nobody else is accused of it."""

NOT_FREED = listed("not n't never failed without bail charge charges photos photographs video footage statement names")
"""Words beside those of `RESCUING` that tell of nobody who was freed."""
RESCUING = listed(
    "rescue rescued rescues rescuing freed free freeing release released releases releasing repatriate "
    "repatriated raid raided raids raiding crack cracked clamped"
)
DEFENDING = listed("sentenced convicted charged jailed indicted sentence prosecuted tried")
WRONGING = listed("extort extorting extorted bribe bribes bribery kidnapped torture tortured abuse abused exploit")
