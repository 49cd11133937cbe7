"""Names of people who may be victims: in no title, no actor and no speaker, whatever way their story is told."""

from __future__ import annotations

import itertools
import json

import pytest

from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Extraction, Known, Metadata

ABOUT = Metadata(published="2024-03-05")

NAMES = ["Mary Achieng", "Nguyen Thi Hoa", "Park Min-ho", "Juan dela Cruz", "Tan Jia Hui"]
FIRST_NAMES = ["Daniel", "Hoa"]
OFFICIALS = ["Minister Mary Achieng", "Colonel Wang Xing", "lawyer Ann Brel"]
PARTICLES = {"dela"}

STORIES = [
    "On 4 March 2024, police rescued two students, {} and Ann Brel, from a house in Poipet.",
    "Three students were rescued in Poipet on 4 March 2024: {} and two of her friends.",
    "On 4 March 2024, police arrested two men over the death of {}.",
    "On 4 March 2024, two suspects were arrested for selling a Kenyan named {} to a compound.",
    "On 4 March 2024, police arrested two men, Chen Wei and Liu Yang, after rescuing two students, {} and Ann Brel.",
    "{} left home in January 2024 for a job in Bangkok. She was sold to a compound in Myawaddy.",
    "{} left home in January 2024 for a job in Bangkok. Two weeks later the 24-year-old was sold to a compound.",
    "In January 2024, {} answered a job advert on Facebook. Within days she was locked up in Myawaddy.",
    "{} was found in Myawaddy by Thai police on 4 March 2024. The actor had been missing for three days.",
    "On 4 March 2024, {} told the court that two agents had sold her to a compound in Myawaddy.",
    '"They shocked me with electric batons," said {}, who spent a year at KK Park. He was freed on 4 March 2024 '
    'together with 15 other Ugandans.',
    "On 4 March 2024, {} testified at the trial of two agents in Nairobi. She said the agents had recruited 40 women.",
    "On 4 March 2024, police said the dead man was {}, a farmer from Yecheon.",
    "On 4 March 2024 the victim was {}, whose body lay by the river.",
    "{} and Joy Mwende were among 23 Kenyans rescued on 4 March 2024.",
    "On 4 March 2024, {} flew home. He had been lured to Cambodia by a friend and beaten for missing targets.",
    "{} thought it was a call centre job. It was March 2023. By April, he was being held in a compound in Bavet.",
    "{} met a recruiter in Nairobi in March 2023. The recruiter promised $1,000 a month. She flew to Bangkok. "
    "From there, men drove her to Myawaddy, where she was forced to scam.",
    "On 4 March 2024, {} recalled the day guards beat him with a pipe.",
    '"I was sold three times," {} told reporters on 4 March 2024.',
    '"We were beaten every day," said {} on 4 March 2024. "They gave us no food."',
    "On 4 March 2024, {} described how she escaped from a compound in Myawaddy.",
    "{} spent 14 months inside a scam compound near Bavet before her family paid a ransom on 4 March 2024.",
    "On 4 March 2024 {}, who had been held in a casino in Bavet, returned to Manila.",
    "On 4 March 2024, {}, a waiter from Kerala, was repatriated with 12 others.",
    "On 4 March 2024, the family of {} held a press conference. They said he had vanished in Poipet.",
    "{} went missing in Poipet on 4 March 2024.",
    "{}, 24, from Kandal, was last seen in Poipet on 4 March 2024.",
    "On 4 March 2024, {} jumped from the fourth floor of a casino in Sihanoukville.",
    "On 4 March 2024, police in Sihanoukville found {} dead in a hotel room.",
    "On 4 March 2024, soldiers rescued {} and 11 others from a casino in Poipet.",
    "{} had been promised a job as a translator. Instead, on 4 March 2024, she ended up in a scam compound.",
    "The last message from {} came on 4 March 2024. He was found dead two days later.",
    "On 4 March 2024, {}'s passport was taken away. She was then forced to work 16 hours a day.",
    "On 4 March 2024, police freed 45 people. {} was one of them.",
    "On 4 March 2024, police freed 45 people. One of them was {}, a graduate from Mombasa.",
    "On 4 March 2024, police freed 45 people, including {} and two of her cousins.",
    "{} has not been heard from since 4 March 2024. Her mother fears that he was trafficked.",
    "On 4 March 2024, {} said that 40 people were held with her in the compound.",
    "On 4 March 2024, {} said 40 women had been locked in with her. She escaped through a window.",
    "According to {}, who escaped from the compound on 4 March 2024, 300 people are still held there.",
    "On 4 March 2024 a former captive, {}, told the BBC that 300 people were held there.",
    "{} lost two fingers in a compound in Myawaddy. He came home on 4 March 2024.",
    "On 4 March 2024, {} came home to Kampala after a year in captivity.",
    "On 4 March 2024, {} was among the survivors who spoke in Nairobi.",
    "On 4 March 2024 {} boarded a plane to Bangkok. His family has not seen him since.",
    "On 4 March 2024, a court heard that {} was tricked into travelling to Laos.",
    "When {} arrived in Mae Sot on 4 March 2024, his captors took his passport.",
    "On 4 March 2024, {} was released after his parents paid $8,000.",
    "On 4 March 2024, {} pleaded with his family to pay a ransom of $8,000.",
    "On 4 March 2024, a woman from Nairobi called the hotline. {} said her sister Joy had been held in Bavet.",
    '"My name is {} and I was sold to a compound in Myawaddy," she said on 4 March 2024.',
    "{}'s dream of a job abroad ended on 4 March 2024 in a compound in Myawaddy.",
    "On 4 March 2024, {} became the 12th Kenyan to die in a scam compound.",
    "{}, who is 22 and from Kampala, says she worked 17 hours a day in the compound. She was freed on 4 March 2024.",
    "For {}, the ordeal ended on 4 March 2024 when soldiers stormed the compound.",
    "On 4 March 2024 {} walked out of KK Park after 11 months.",
    "{} was one of 260 people handed over to Thailand on 4 March 2024.",
    "On 4 March 2024, {} and her husband were sold to a gang in Laukkai.",
    "On 4 March 2024, two brothers, {} and Joy Mwende, were found dead in Bavet.",
    "Photos of {} with bruises were posted on 4 March 2024. He is still in the compound.",
    "On 4 March 2024, {} contacted the embassy from inside a compound. She begged for help.",
    'On 4 March 2024, {} texted his mother: "They will kill me." He had been tied to a bed.',
    "On 4 March 2024, a victim identified by police as {} was flown home.",
    "On 4 March 2024, a Ugandan returnee, {}, spoke of 40 others who were held.",
    "On 4 March 2024, {} - one of the freed Ugandans - said that 40 others were held.",
    "{} (24) from Kampala left for Thailand in May 2023. In Mae Sot, armed men took his phone. He was taken "
    "across the river to KK Park.",
    "In May 2023 {} flew to Bangkok for what he thought was a customer service job. Instead he was driven to "
    "Mae Sot and smuggled across the Moei river.",
    "{} graduated from college in 2022. On 4 March 2024 she was rescued from a scam farm in Bamban.",
    "The parents of {} last heard from her on 4 March 2024.",
    "On 4 March 2024, doctors said {} had been electrocuted. He had 14 wounds.",
    "On 4 March 2024, {} filed a complaint against the agent who had sent her to Laos.",
    "On 4 March 2024 {} sued the agency that had sent him to the compound.",
    "On 4 March 2024, agents who had trafficked {} to Laos were jailed.",
    "On 4 March 2024, the court jailed two agents for trafficking {} and Joy Mwende to Laos.",
    "On 4 March 2024, two agents were jailed for selling {} to a compound.",
    "Two agents recruited {} in Nairobi on 4 March 2024.",
    "On 4 March 2024, the agents promised {} a job in Thailand.",
    "On 4 March 2024, guards at the compound beat {} with iron bars.",
    "On 4 March 2024, guards beat {} to death in Bavet.",
    "On 4 March 2024, {}'s body was flown home.",
    "On 4 March 2024, the remains of {} arrived in Manila.",
    "On 4 March 2024, {} was buried in Yecheon. The student had been tortured to death in Kampot.",
    "The death of {} on 4 March 2024 shocked South Korea.",
    "On 4 March 2024, {} died of his injuries in a hospital in Kampot.",
    "On 4 March 2024, {} told police he had been forced to scam 12 people.",
    "On 4 March 2024, {}, now 26, remembers the day she was sold.",
    "{} still has scars on his back. He returned to Nairobi on 4 March 2024.",
    'On 4 March 2024, {} said the Chinese bosses sold her to another gang. "I cried every night," she said.',
    "{} arrived in Bangkok on 4 March 2024 and was met by a driver. Hours later, he found himself in a compound "
    "ringed with barbed wire.",
    "{} applied for a job as a chef in Dubai. On 4 March 2024, he ended up in Laos, where he was made to scam "
    "strangers.",
    "{} hails from a village in Kerala. In March 2024, an agent took 300,000 rupees from him and sent him to Bokeo.",
    "The ordeal of {} began on 4 March 2024, when she accepted a job offer on Telegram.",
    "On 4 March 2024, the Kenyan embassy confirmed that it had rescued {}.",
    "On 4 March 2024, {} was deported from Myanmar after a year in a scam centre.",
    "On 4 March 2024, {}, one of the 23 Kenyans, thanked the government.",
    "Kenyans {} and Joy Mwende returned on 4 March 2024.",
    "On 4 March 2024, the couple, {} and Joy Mwende, were freed from a compound in Bavet.",
    "On 4 March 2024, a Facebook post by {} from inside the compound went viral.",
    "On 4 March 2024, {} sent a video from the compound in which she begs for help.",
    "On 4 March 2024, {} showed reporters the scars on her arms.",
    'On 4 March 2024, {} told Reuters: "I was locked in a dark room for three days."',
    'On 4 March 2024, {} said: "We were sold like animals."',
    '"My boss sold me for $10,000," {} said on 4 March 2024.',
    '"I paid a ransom of $3,000," said {} on 4 March 2024, "and they let me go."',
    "{}, who asked that her family name not be used, was freed on 4 March 2024.",
    "On 4 March 2024, {} gave evidence in court against the men who trafficked him.",
    "On 4 March 2024, {}, a key witness, told the court in Nairobi that 40 women were held.",
    "On 4 March 2024, {} and nine others were handed over by the militia. He had been in KK Park since June.",
    "The agent told {} on 4 March 2024 that she would work in a hotel. Instead she was taken to Myawaddy.",
    "On 4 March 2024, a video showed {} being beaten with a pipe.",
    "On 4 March 2024, {} can be seen handcuffed to a bed in a video.",
    "On 4 March 2024, {} was hit with a stun gun, locked in a room and starved.",
    "On 4 March 2024, {} committed suicide in a compound in Bavet.",
    "On 4 March 2024, {} fell to his death from a building in Sihanoukville.",
    "On 4 March 2024, {} tried to escape, but guards caught him.",
    "On 4 March 2024, after {} had failed to meet his target, he was whipped.",
    "On 4 March 2024, immigration officers at the airport stopped {}, who was on her way to a scam hub.",
    "On 4 March 2024, {} swam across the Moei river with two friends.",
    "On 4 March 2024, {} made it home. For a year she had been a slave.",
    "On 4 March 2024, the 31-year-old actor {} was found in Myawaddy.",
    "Chinese actor {} was found in Myawaddy on 4 March 2024.",
    "On 4 March 2024, Chinese model {} returned to China.",
    "On 4 March 2024, {}'s girlfriend posted on Weibo that he was missing.",
    "On 4 March 2024, rescuers found {}, who had been chained to a bed.",
    "On 4 March 2024, a survivor, whom we call {}, said 40 people were held.",
    "Police say {} disappeared on 4 March 2024 after crossing into Myanmar.",
    "On 4 March 2024, {} was intercepted at the airport. He is a victim of trafficking.",
    "{}, a bank officer from Addis Ababa, was trafficked to Laos on 4 March 2024.",
    "On 4 March 2024, {}, a sales manager from Kerala, was rescued from a compound.",
    "On 4 March 2024, {}, a marketing executive, was sold to a compound in Myawaddy.",
    "{}, a 26-year-old customer service agent, was rescued on 4 March 2024.",
    "On 4 March 2024, {}, a youth leader from Kampala, escaped from KK Park.",
    "Ms {} was freed on 4 March 2024.",
    "On 4 March 2024, Mr {} said he was sold for $5,000.",
    'On 4 March 2024, {}, an engineer, told reporters: "They locked us up and beat us."',
    "On 4 March 2024, {} and her sister Joy left for Thailand. They were sold in Myawaddy.",
    "On 4 March 2024, {} (pictured) was lured to Cambodia.",
    "On 4 March 2024, {}, who is from Kerala, told PTI that he was beaten.",
    '"I begged them to let me go," recalled {}, who returned on 4 March 2024.',
    '"It was hell," said {}, 24, on 4 March 2024.',
    '"It was hell," {} said on 4 March 2024 after being freed from a compound.',
    '"It was hell," said {}, one of the 45 people freed on 4 March 2024.',
    '"It was hell," said {}, who was freed on 4 March 2024 with 45 others.',
    '"It was hell," said {} on 4 March 2024. She was among 45 people who were freed.',
    "On 4 March 2024, {} said 40 of his colleagues were still inside. He had escaped a week before.",
    "On 4 March 2024, {} said 40 women worked with her in the compound. Guards beat her when she failed.",
    "{} is a survivor. On 4 March 2024 she said that 40 women were held.",
    "As a survivor of trafficking, {} said on 4 March 2024 that 40 women were held.",
    "On 4 March 2024, {}, a survivor turned advocate, said that 40 women were held.",
    "On 4 March 2024, the court awarded {} $10,000 in damages from the agent who had trafficked her.",
    "On 4 March 2024, {} received $10,000 from the agent who had sold her.",
    "On 4 March 2024, police opened the case of {}, who disappeared in Myanmar.",
    "On 4 March 2024, police said {} had been lured to Cambodia by an online friend.",
    "On 4 March 2024, police identified the victim as {}.",
    "On 4 March 2024, police were looking for {}. She had been lured to Laos by an agent.",
    "On 4 March 2024, the embassy helped {} to go home. She had been held for a year.",
    "On 4 March 2024, {}'s mother received a call. He was being held for a ransom of $20,000.",
    "The kidnappers of {} asked for $20,000 on 4 March 2024.",
    "On 4 March 2024, {} was kidnapped on his way to work in Poipet.",
    "On 4 March 2024, {} thought she would die. She was rescued by soldiers.",
    '{}: "They sold me on 4 March 2024 for $3,000."',
    "On 4 March 2024, customers of the bar knew {} as a waitress. She was sold to a compound.",
    "The youngest of the 45 people freed on 4 March 2024 was {}, who is 16.",
    "The 45 people freed on 4 March 2024 included {}, a teacher.",
    "On 4 March 2024, 45 people were freed. They include {} and two students.",
    "On 4 March 2024, 45 people died. The dead included {}.",
]  # fmt: skip

STORIES_OF_FIRST_NAMES = [
    "{}, a graduate from Addis Ababa, was trafficked to Laos in 2023.",
    "{}, a waiter from Kerala, spent five months in a compound in Bavet before he was released on 4 March 2024.",
    "In March 2024, {}, from Casablanca, was lured to Myawaddy.",
    "She helped 12 survivors on 4 March 2024. One of them, {}, lost a leg.",
    "{} left home in January 2024 for a job in Bangkok. He was sold to a compound in Myawaddy.",
    "{} thought he had found a job in Thailand in January 2024. He was locked up in Myawaddy.",
    '"They beat us," said {} on 4 March 2024.',
    "On 4 March 2024 {} (not his real name) said that 40 people were held with him.",
    "On 4 March 2024, {}, not her real name, told us that 40 women were held.",
    "On 4 March 2024, {}, whose name has been changed, left the shelter.",
    "On 4 March 2024, {}, a mother of two, came back from Laos.",
    "When {} arrived in Mae Sot on 4 March 2024, his captors took his passport.",
    "{} was 19 when she was sold on 4 March 2024.",
    "On 4 March 2024, {} told the BBC she had been sold for $5,000.",
    "{} was only 17. On 4 March 2024 she was freed from a compound.",
    "On 4 March 2024, {} called his mother from the compound.",
    "On 4 March 2024, {} was rescued from a compound in Myawaddy.",
    "On 4 March 2024, a 24-year-old who gave her name only as {} said that 40 people were held.",
    "On 4 March 2024, {} and 11 other Kenyans were rescued.",
    "{} escaped on 4 March 2024 by swimming across the Moei river.",
    "On 4 March 2024, {}'s family paid $5,000.",
    "On 4 March 2024, guards beat {} with iron bars.",
    "{} says he was sold on 4 March 2024.",
    "On 4 March 2024, {} spent his first night at home. He was held for nine months in Laukkai.",
    "Among them was {}, a 19-year-old from Kampala, who was freed on 4 March 2024.",
    "Among those freed on 4 March 2024 was {}, a teacher from Kampala.",
    "{}, a survivor, said on 4 March 2024 that 40 people were held.",
    "On 4 March 2024 a survivor called {} said that 40 people were held.",
    '"It was hell," said {}, one of the 45 people freed on 4 March 2024.',
    '"It was hell," said {}, who was freed on 4 March 2024 with 45 others.',
    "On 4 March 2024, 45 people were freed. They include {} and two students.",
    "Ms {} was freed on 4 March 2024.",
    "On 4 March 2024, {} said 40 of his colleagues were still inside. He had escaped a week before.",
    "On 4 March 2024, {} says she was sold twice.",
    "On 4 March 2024, {}, a former nurse, told us her story. She was sold twice.",
    "On 4 March 2024, agents sold {} to a compound.",
    "For {}, the nightmare ended on 4 March 2024.",
    "{} is 19. On 4 March 2024, she escaped from a compound.",
    "On 4 March 2024, {} came home. She had been sold twice.",
]  # fmt: skip

KEPT = [
    "On 4 March 2024, police arrested two men, Liu Yang and Chen Wei, after rescuing two students from a compound.",
    "On 4 March 2024, the suspects were identified as Liu Yang, Chen Wei and Wang Lei.",
    "On 4 March 2024, Chen Wei told reporters that a woman had called. She was beaten in the compound.",
    "On 4 March 2024, Jacob Sims, a researcher, said that 300 people were held. He said they were beaten.",
    "Jacob Sims spent ten years studying compounds in Myanmar. On 4 March 2024 he said that 300 people were held.",
    "On 4 March 2024, Chen Zhi was arrested in Phnom Penh. He was extradited to China.",
    "On 4 March 2024, police arrested Chen Wei. He was found in a hotel in Bavet.",
    "On 4 March 2024, Huione Pay was sold to a group of investors. It had been sanctioned.",
    "Prince, a conglomerate, was freed from the ban on 4 March 2024.",
    "On 4 March 2024, Lee Jae-myung, the president of South Korea, said 64 people were freed. He was moved.",
    "On 4 March 2024, Tom Andrews, the UN special rapporteur, said 120,000 people were held.",
    "On 4 March 2024, Chen Wei lured 40 women to Bavet. They were sold to a compound.",
    "On 4 March 2024, Li Ling of a shelter said she was told 40 women were beaten.",
    "Hun Sen was prime minister until 2023. On 4 March 2024 he said that 40 women were held.",
    "On 4 March 2024, Kok An was raided. His casinos were closed.",
    "On 4 March 2024, Ferdinand Marcos announced a ban. He was praised.",
    "On 4 March 2024, police named the dead gang leader as Chen Wei. He was shot by soldiers.",
    "On 4 March 2024, Tai Chang was evacuated. She was freed there.",
    "On 4 March 2024, Sok Hidden, a witness of the raid, spoke of 40 people.",
    "On 4 March 2024, Grace Otieno, director of a shelter, said that 40 women had been rescued. She was moved "
    "to tears.",
]  # fmt: skip


def read(text: str, known: Known | None = None) -> Extraction:
    return extract(Document(text, ABOUT), known or Known())


def shown(found: Extraction) -> str:
    """Everything that is stored before a review, apart from the passage."""
    records = [draft.record for draft in found.drafts]
    stated = [[figure["stated_by"] for figure in record["figures"]] for record in records]
    fields = [reason.field for draft in found.drafts for reason in draft.reasons]
    told = [[record["title"], record["actors"]] for record in records]
    return json.dumps([told, stated, fields, found.kinds], ensure_ascii=False).replace("KK Park", "")


def parts(name: str) -> list[str]:
    return [part for part in name.split() if part not in PARTICLES]


def in_turn(stories: list[str], names: list[str]) -> list[tuple[str, str]]:
    """Each story with one of the names."""
    return list(zip(stories, itertools.cycle(names), strict=False))


@pytest.mark.parametrize(("story", "name"), in_turn(STORIES, NAMES))
def test_no_part_of_the_name_of_a_possible_victim_is_shown(story: str, name: str) -> None:
    found = read(story.replace("{}", name))
    assert found.drafts
    assert [part for part in parts(name) if part in shown(found)] == []
    assert name in found.withheld


@pytest.mark.parametrize(("story", "name"), in_turn(STORIES_OF_FIRST_NAMES, FIRST_NAMES))
def test_neither_is_a_first_name(story: str, name: str) -> None:
    found = read(story.replace("{}", name))
    assert found.drafts
    assert name not in shown(found)
    assert name in found.withheld


@pytest.mark.parametrize(("story", "official"), in_turn(STORIES, OFFICIALS))
def test_somebody_with_a_post_is_not_withheld(story: str, official: str) -> None:
    found, name = read(story.replace("{}", official)), " ".join(official.split()[1:])
    assert not [one for one in found.withheld if one in name]
    assert not [one for one in found.withheld if not one.startswith("Joy")]


@pytest.mark.parametrize("official", OFFICIALS)
@pytest.mark.parametrize(
    "text",
    [
        "On 4 March 2024, {} said that 40 people were held with her in the compound.",
        "On 4 March 2024, {} told the court that two agents had sold her. She said that 40 people were held.",
        "According to {}, who escaped from the compound on 4 March 2024, 40 people are still held there.",
    ],
)
def test_somebody_with_a_post_still_states_numbers(text: str, official: str) -> None:
    found, name = read(text.replace("{}", official)), " ".join(official.split()[1:])
    figures = [figure for draft in found.drafts for figure in draft.record["figures"]]
    assert [one["stated_by"] for one in figures if one["best"] == 40] == [name]


@pytest.mark.parametrize("text", KEPT)
def test_suspects_experts_and_firms_are_not_withheld(text: str) -> None:
    found = read(text)
    assert found.withheld == ()
    assert "a person" not in json.dumps([draft.record["title"].lower() for draft in found.drafts])


TRIAL = (
    "On 4 March 2024, Kenyan national Faith Wambui testified at the trial of two agents. She said they took 40 women."
)


def test_a_pronoun_for_somebody_withheld_is_not_taken_for_who_spoke_before() -> None:
    found = read(f"On 3 March 2024, Minister Ann Brel said that 12 women had fled. {TRIAL}")
    stated = {one["stated"]: one["stated_by"] for draft in found.drafts for one in draft.record["figures"]}
    assert (stated["12"], stated["40"]) == ("Ann Brel", None)
    assert "Wambui" not in shown(found)


@pytest.mark.parametrize(
    "told",
    [
        "Siti Aminah, 23, told reporters that 40 women were held.",
        "survivor Siti Aminah told reporters that 40 women were held.",
        "Daniel, a graduate from Kampala, told reporters that 40 women were held.",
        "40 women were held, said Siti Aminah, 23, who was rescued.",
    ],
)
def test_neither_is_one_for_somebody_who_is_never_an_actor(told: str) -> None:
    found = read(
        f"On 3 March 2024, Minister Ann Brel said that 20 fled. On 4 March 2024, {told} She said that 12 died."
    )
    stated = {one["stated"]: one["stated_by"] for draft in found.drafts for one in draft.record["figures"]}
    assert stated == {"20": "Ann Brel", "40": None, "12": None}


def test_a_name_of_the_timeline_is_not_withheld() -> None:
    name = "Faith Wambui"
    [draft] = read(TRIAL, Known(actors={name: name}, kinds={name: "person"})).drafts
    assert {one["name"] for one in draft.record["actors"]} == {name}


def test_somebody_with_a_post_elsewhere_in_the_text_is_not_withheld() -> None:
    found = read(f"{TRIAL} Senator Faith Wambui left the court.")
    assert found.withheld == ()
    assert "Faith Wambui" in shown(found)


def test_a_name_that_is_withheld_anywhere_speaks_nowhere() -> None:
    text = "On 3 March 2024, Faith Wambui said that 30 people were held. On 4 March 2024, a pipe broke. "
    assert "Wambui" in shown(read(text))
    assert "Wambui" not in shown(read(text + "Faith Wambui was sold to the compound by an agent."))
