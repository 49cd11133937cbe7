"""What holds of the mentions of any text: they lie in it, in order, none over another, and nothing ever raises."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scamcli.ingest.mentions import entry_context, find_mentions, take_inventory, with_places
from scamcli.ingest.proposal import Known, Metadata
from scamcli.ingest.words import sentences
from tests.helpers.mention_cases import mentions, names

PIECES = (
    "Thai", "Thais", "Chinese", "Vietnamese", "police", "Police", "authorities", "the", "The", "of", "and",
    ",", "(", ")", "Kandal", "Sihanoukville", "Preah", "Sihanouk", "provincial", "Provincial", "Court",
    "Ministry", "Interior", "Minister", "Sar", "Kheng", "said", "from", "Kenya", "Nepal", "12", "workers",
    "nationals", "compound", "casino", "Casino", "Group", "Co.", "Ltd.", "U.S.", "Embassy", "in", "to", "by",
    "NCCT", "National", "Committee", "for", "Counter", "Trafficking", "-", "-led", "'s", "’s", ".", ". ",
    "\n\n", "ខេត្តកណ្តាល", "ស ខេង", "泰国", "Reuters", "reports", "Mr.", "Gen.", ", 24,", "victim", "named",
    "its", "citizens", "A", "I", "É", "—", "\u200b", "🙂",
)  # fmt: skip
KNOWN = Known(
    actors={"Sar Kheng": "Sar Kheng", "ស ខេង": "Sar Kheng", "NCCT": "National Committee", "": "", "the": "X"},
    sites={"KB casino": "KB casino", "": ""},
    kinds={"Sar Kheng": "person", "X": "media"},
)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=300), st.booleans())
@example(text="Kenya said Thai Thais", is_known=False)
@example(text="Thai its citizens", is_known=False)
@settings(max_examples=300)
def test_mentions_lie_in_the_text(text: str, is_known: bool) -> None:
    entry = sentences(text)
    learnt = take_inventory([entry], KNOWN if is_known else Known(), Metadata(outlet=text[:20]))
    around = entry_context(entry, learnt)
    for sentence in entry:
        found = find_mentions(sentence, learnt, around)
        last = 0
        for mention in found:
            assert last <= mention.first < mention.last <= len(sentence)
            assert mention.name
            last = mention.last
            for inner in mention.holds:
                assert mention.first <= inner.first < inner.last <= mention.last
        assert find_mentions(sentence, learnt, around) == found
        assert [mention for mention in with_places(found) if mention in found] == found


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
@settings(max_examples=100)
def test_a_sentence_alone_never_raises(text: str) -> None:
    learnt = take_inventory([], Known(), Metadata())
    for sentence in sentences(text):
        find_mentions(sentence, learnt)


def test_nothing_is_found_in_nothing() -> None:
    assert mentions("") == []
    assert find_mentions((), take_inventory([], Known(), Metadata())) == []


def test_a_known_name_is_found_in_khmer() -> None:
    assert names("ស ខេង បាននិយាយថា", "actor", known=KNOWN) == {"Sar Kheng"}


def test_a_known_name_is_found_in_other_words() -> None:
    ministry, police = "Ministry of Interior", "Kampot provincial police"
    actors = {police: police, "Kampot police": police, ministry: ministry, "VN Express": "VnExpress"}
    known = Known(actors, kinds={police: "police", ministry: "government", "VnExpress": "media"})
    text = (
        "Kampot province police told the Interior Ministry of Cambodia. The Kampot police said so, VN Express reports."
    )
    assert names(text, "actor", known=known) == {"Kampot provincial police", "Ministry of Interior"}
    assert names(text, "outlet", known=known) == {"VnExpress"}


def test_a_body_holds_its_place() -> None:
    (body,) = mentions("Kandal provincial police spoke.")
    assert (body.kind, body.within) == ("actor", "police")
    assert [(place.kind, place.name) for place in body.holds] == [("province", "Kandal")]
