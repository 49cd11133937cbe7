"""Words of an entry that tell which kind of event it is."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

TOPICS: tuple[tuple[str, frozenset[str]], ...] = (
    ("ranking", listed("tier ranking downgraded downgrades upgraded upgrades blacklist greylist grey")),
    ("licence", listed("licence license licences licenses relicensed relicenses")),
    ("listing", listed("sale advertised advertisement advert advertises listing")),
    ("policy", listed("law decree visa visas ban moratorium sanctions sanctioned memorandum amendment")),
    ("meeting", listed("meeting forum summit conference talks agreement meets agree")),
)
"""What an entry is about, whatever is done: the first that fits a word of its first sentence."""

ACTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "court",
        listed(
            "sentenced sentences sentence convicted convicts convict trial verdict indicted indicts charged "
            "charges tried jailed sues sued prosecutor prosecutors judge"
        ),
    ),
    (
        "denial",
        listed("denies denied deny dismiss dismisses dismissed rejects rejected reject refutes refuted"),
    ),
    ("warning", listed("warns warned warning alert alerts cautions cautioned")),
    ("death", listed("dead died dies killed kills body bodies beheaded drowned murdered suicide")),
    (
        "repatriation",
        listed(
            "repatriated repatriates repatriate repatriation deported deports deport deportation home flown flies "
            "lands landed"
        ),
    ),
    ("escape", listed("escape escaped escapes flee fled flees")),
    (
        "raid",
        listed(
            "raid raids raided raiding crackdown crack cracked clamped swoop swoops search searched searches "
            "storm stormed sweep sweeps"
        ),
    ),
    (
        "rescue",
        listed("rescue rescued rescues rescuing freed frees free freeing release released releases releasing"),
    ),
    ("arrest", listed("arrest arrested arrests nabbed apprehended detained detain detains")),
    ("crime", listed("kidnapped kidnap kidnaps kidnapping tortured abducted attacked stabbed shot")),
    ("closure", listed("shutdown shuts shuttered closure revokes revoked closes closed seal seals sealed padlocked")),
    (
        "report",
        listed("investigation documentary journalist publishes published exposed exposes traces reveals"),
    ),
)
"""What is done: the verb that comes first in the first sentence."""


OF_METRICS = {
    "rescues": "rescue", "repatriations": "repatriation", "escapes": "escape", "arrests": "arrest",
    "detentions": "arrest", "deaths": "death", "premises": "raid", "suspects": "court", "sentences": "court",
}  # fmt: skip
"""The kind of an event of which only a count says what happened."""

ANNOUNCING = frozenset({"announce", "announces", "announced", "report", "reported", "issue", "issues", "issued"})
"""Verbs of speaking whose object is what happens: "announced a raid", "issues a warning"."""

NEGATED = listed("not n't never no failed fails unable")
"""Words shortly before an action that was not done."""
