"""Actors, outlets and sites: tables of text and answer; and the names that must not be proposed."""

from __future__ import annotations

import pytest

from tests.helpers.mention_cases import mentions, names

PEOPLE = [
    ("Interior Minister Sar Kheng led a meeting. Kheng added more.", "Sar Kheng"),
    ("Maj. Gen. Mao Chanmathurith acknowledged it.", "Mao Chanmathurith"),
    ("The spokesperson Touch Sokhak told reporters.", "Touch Sokhak"),
    ("The casino is owned by tycoon Try Pheap.", "Try Pheap"),
    ("Chou Bun Eng, Vice Chairperson of the committee, spoke. Bun Eng said more.", "Chou Bun Eng"),
    ("It is led by Rithy Raksmei. Raksmei opens a hotel.", "Rithy Raksmei"),
    ("Ann Tancos, Petr Tancos and Kata Keruj were found guilty.", "Ann Tancos, Petr Tancos, Kata Keruj"),
    ("They arrested a 34-year-old Chinese, Xu Wei.", "Xu Wei"),
    ("Dritan Hoxhal, 38, an engineer, pleaded guilty.", "Dritan Hoxhal"),
    ("Stephen Garnock (52) received four years.", "Stephen Garnock"),
    ("They freed 12 workers, Chen Wei said.", "Chen Wei"),
    ("said Jürgen Stock, the Secretary General.", "Jürgen Stock"),
    ("Deputy minister Tsai Ming-hsun blames job offers.", "Tsai Ming-hsun"),
    ("Police Colonel Thanakrit Wongsiri said so. Thanakrit added.", "Thanakrit Wongsiri"),
    ("deputy national police chief Pol. Gen. Anuwat Srisuk said that.", "Anuwat Srisuk"),
    ("Its director, Otieno Wafula, says that.", "Otieno Wafula"),
    ("Senator Risa Hontiveros and Justice Secretary Jesus Crispin Remulla disagreed.",
     "Risa Hontiveros, Jesus Crispin Remulla"),
    ("Secretary of State Chhim Vutha received him.", "Chhim Vutha"),
    ("Minister of Foreign Affairs Prak Sokhonn flew home.", "Prak Sokhonn"),
    ("Wan Kuok-koi was sanctioned in 2020.", "Wan Kuok-koi"),
    ("Chen Zhi, 37, was arrested on Tuesday.", "Chen Zhi"),
    ("According to Jeremy Douglas, a regional representative, it grew.", "Jeremy Douglas"),
    ("Governor of Preah Sihanouk province Kuoch Chamroeun attended.", "Kuoch Chamroeun"),
    ("Spokesperson Le Thi Thu Ha adds that.", "Le Thi Thu Ha"),
    ("President Ferdinand Marcos Jr. ordered a ban. Marcos spoke.", "Ferdinand Marcos Jr."),
    ("The Thai prime minister, Srettha Thavisin, said it.", "Srettha Thavisin"),
    ("Mayor Alice Guo denied it. Guo left the country.", "Alice Guo"),
    ("The analyst Jacob Sims-Wong said otherwise.", "Jacob Sims-Wong"),
    ("Prime Minister Hun Manet met Deputy Prime Minister Sar Sokha.", "Hun Manet, Sar Sokha"),
    ("Judge Ros Piseth sentenced him.", "Ros Piseth"),
    ("Sgt Maj Somchai Deejai was suspended.", "Somchai Deejai"),
    ("Kong Rithy was sentenced to three years for fraud.", "Kong Rithy"),
]  # fmt: skip

BODIES = [
    ("The Ministry of Foreign Affairs and International Cooperation replied.",
     "Ministry of Foreign Affairs and International Cooperation"),
    ("The National Committee for Counter Trafficking (NCCT) met. NCCT confirmed it.",
     "National Committee for Counter Trafficking"),
    ("The Anti-Cyber Crime Department and the General Department of Immigration helped.",
     "Anti-Cyber Crime Department, General Department of Immigration"),
    ("Office of the Council of Ministers", "Office of the Council of Ministers"),
    ("Preah Sihanouk Provincial Court charged them.", "Preah Sihanouk Provincial Court"),
    ("They were found guilty at Plymouth Crown Court on Oct. 24.", "Plymouth Crown Court"),
    ("Taiwanese police estimate it.", "Taiwanese police"),
    ("Thai and Cambodian police met.", "Thai police, Cambodian police"),
    ("The Indonesian Embassy in Phnom Penh helped.", "Indonesian Embassy"),
    ("The U.S. State Department downgraded it.", "US State Department"),
    ("A U.S. Embassy spokesperson said so.", "US Embassy"),
    ("RSX Investment Co., Ltd.'s casino has a licence.", "RSX Investment Co., Ltd."),
    ("The K99 Group owns it.", "K99 Group"),
    ("Interpol issues a warning with the UNODC and Amnesty International.", "Interpol, UNODC, Amnesty International"),
    ("The Ministry of Public Security of China and the Royal Thai Police agree.",
     "Ministry of Public Security, Royal Thai Police"),
    ("Thailand's Department of Special Investigation (DSI) looked. DSI investigators came.",
     "Department of Special Investigation"),
    ("Hope Bridge Taiwan, a charity, flew them home.", "Hope Bridge Taiwan"),
    ("It called the charity Haven for Migrants.", "Haven for Migrants"),
    ("Border Women's Network said on Monday that it helps.", "Border Women's Network"),
    ("The Bukit Aman commercial crime department counts losses.", "Bukit Aman commercial crime department"),
    ("Kenya's Directorate of Criminal Investigations detains three.", "Directorate of Criminal Investigations"),
    ("The Sri Lanka Bureau of Foreign Employment paid.", "Sri Lanka Bureau of Foreign Employment"),
    ("Vietnamese border guards at Tay Trang receive them.", "Vietnamese border guards"),
    ("The Task Force on Online Crime met. The Task Force handled 68 cases.", "Task Force on Online Crime"),
    ("Lao and Chinese police sweep the zone.", "Lao police, Chinese police"),
    ("The case went from Myanmar's military to the Karen National Army.", "Myanmar's military, Karen National Army"),
    ("The Philippine National Police and the Bureau of Immigration acted.",
     "Philippine National Police, Bureau of Immigration"),
    ("The Central Bureau of Investigation tells the Supreme Court so.",
     "Central Bureau of Investigation, Supreme Court"),
    ("Prince Holding Group was sanctioned by the US Treasury.", "Prince Holding Group, US Treasury"),
    ("The Korean National Police Agency counts 330.", "Korean National Police Agency"),
    ("Pwani Bridge Recruiters Ltd. was sued. The company says it is not so.", "Pwani Bridge Recruiters Ltd."),
    ("The Criminal Investigation Bureau counted 52. The bureau says more will come.", "Criminal Investigation Bureau"),
    ("Human rights groups say the gangs have moved.", "Human rights groups"),
]  # fmt: skip

UNNAMED = [
    ("Cambodia said that it would act.", "Cambodian authorities"),
    ("Greece has said that 30 people drowned.", "Greek authorities"),
    ("Thirty people drowned off Italy, the coastguard said.", "Italian coast guard"),
    ("Thirty people drowned, the Turkish coast guard said.", "Turkish coast guard"),
    ("Tunisia's interior ministry announced arrests.", "Tunisian Interior Ministry"),
    ("Police raid compounds across Cambodia.", "Cambodian police"),
    ("In Cambodia, authorities say 707 reports were recorded.", "Cambodian authorities"),
    ("Raids in Kandal followed, local authorities said.", "Cambodian authorities"),
    ("They came from Kenya, Uganda and Kazakhstan. Police freed them and raided Bavet.", "Cambodian police"),
    ("People were freed from Pursat following raids from local authorities.", "Cambodian authorities"),
    ("Police in Johor and Penang arrested 52 recruiters.", "Malaysian police"),
    ("Police in Manila said so.", "Philippine police"),
    ("Cambodian National Police announced a raid. Police said it went well.", "Cambodian National Police"),
    (
        "Sihanoukville authorities issue a letter. It happened before authorities raided the compound.",
        "Sihanoukville authorities",
    ),
    ("In Phnom Penh, anti-trafficking police arrest a couple.", "Cambodian police"),
    ("In Phnom Penh owners pay bribes to authorities.", "Cambodian authorities"),
    ("Authorities in Myanmar detained them.", "Burmese authorities"),
    ("Officials said that Bavet is calm.", "Cambodian authorities"),
    ("The Bangladesh Coast Guard came. The Coast Guard said so.", "Bangladesh Coast Guard"),
    ("Two Cambodian guards were detained.", ""),
    ("A court jailed a manager and his Cambodian guard.", ""),
    ("Pte Ltd said so.", ""),
    ("Cambodian border guards detained them.", "Cambodian border guards"),
    ("A court in Surin jailed nine men.", "Thai court"),
    ("Soldiers in Tak stopped a van.", "Thai army"),
    ("In Bavet, the governor said so.", "Cambodian authorities"),
    ("Military police in Kampot found 49 people.", "Cambodian military police"),
    ("Military police in Bati district of Kampot found 49 people.", "Cambodian military police"),
    ("A fast track court in Surin jailed nine men.", "Thai court"),
    ("A court at Surin gave nine men two years.", "Thai court"),
    ("Deputies in Texas stopped a van.", "American police"),
    ("In Bavet, immigration officials told reporters that they knew.", "Cambodian authorities"),
    ("In Bavet, federal agents found 49 people.", "Cambodian authorities"),
    ("In Bavet, agents searched two hotels.", "Cambodian authorities"),
    ("In Bavet, agents promised them jobs.", ""),
    ("The embassy of Sri Lanka said so.", "Embassy of Sri Lanka"),
    ("They reached the embassy of Sri Lanka.", ""),
    ("The Libyan Red Crescent said so.", "Libyan Red Crescent"),
    ("In Bavet, a police spokesman said so.", "Cambodian police"),
    ("In Bavet, the foreign ministry said so.", "Cambodian Foreign Ministry"),
    ("The Ministry of Foreign Affairs spoke in Bavet. The foreign ministry said more.", "Ministry of Foreign Affairs"),
    ("Bavet. Police: 94 people were arrested.", "Cambodian police"),
    ("The embassy in Yangon confirmed that 47 Indians were freed.", "Indian Embassy"),
    ("A woman from Sri Lanka called. Her embassy says it knows of 56.", "Sri Lankan Embassy"),
    ("Kenyans and Indians called. The embassy says it knows of 56.", ""),
    ("They moved from Poipet to Texas. The judge ruled on Friday.", "American court"),
    ("Inspectors of the Labour Commission visited Bavet.", "Labour Commission"),
    ("Judge Ann Example ruled in Bavet.", ""),
    ("Twelve people in Bavet were handed over to police.", "Cambodian police"),
    ("Twelve complaints in Bavet went to police.", ""),
    ("The UN refugee agency says so.", "UN refugee agency"),
    ("Police in Kochi arrested agents for luring 20 men to Laos, police said.", "Indian police"),
    ("The Economic and Financial Crimes Commission said so.", "Economic and Financial Crimes Commission"),
    ("SEOUL, Oct. 18 - South Koreans held in Cambodia arrived home, police said.", "South Korean police"),
    ("SEOUL, Oct. 18 - South Koreans are held in Cambodia, police said.", "Cambodian police"),
    ("ICE detained nine people.", "ICE"),
    ("Bavet residents stood near the police station.", ""),
    ("Kampot needs stronger international police cooperation.", ""),
    ("They died after police raids in Kampot.", ""),
    ("He said that officials must rise to it in Kampot.", ""),
    ("It was owned by a high ranking official in Kampot.", ""),
]

NOBODY = [
    "Sixty-nine arrested them, and Twenty-Two said so.",
    '"They beat us," said Ms Sarah N., 27, who came back last week.',
    "Ms Sarah Noor, 27, a returnee, said that she was held for months.",
    "A man whom we call Captain Somchai J. told us of it.",
    "A victim named Lin Meili said she was beaten.",
    "His daughter Tran Thi Lan, 24, was held for months.",
    "The dead woman was identified as Nguyen Thi Hoa.",
    "Li Meng, 24, was rescued from the compound.",
    "Ko, the victim, spoke of it.",
    "A worker, Sok Nary, was sold three times. Nary said so.",
    "The Ceremony of the National Report was held.",
    "On Tuesday, September rains came.",
    "It is a Tier 3 country.",
    "He posted it on Facebook and TikTok.",
    "Many People Said So.",
    "She walked down Norodom Boulevard.",
    "Wang Fang, who was trafficked last year, said she escaped.",
    "Rescued Kenyan Grace Wanjiku told reporters that 30 remain. Wanjiku cried.",
    "Survivor Alice Njeri spoke at the event.",
    "His father Lim Ah Hua asked for help.",
    "The body of a man, identified as Lim Ah Seng, was found.",
    "Pham Thi Mai, 19, said she was sold. Mai fled in May.",
    "The mother of Rin Sokha said he was beaten.",
    "A friend of Lalu Kumar told reporters of it.",
    "Lalu Kumar's brother said so.",
    "They came, said relatives of Lalu Kumar.",
    "A 19-year-old, Pham Van Duc, told reporters of it.",
    "A Kenyan, Grace Wanjiru, told reporters of it.",
    "Dewi Lestari told reporters that she had been sold twice.",
]

OUTLETS = [
    ("It rose, VOD reports.", "VOD"),
    ("It rose, the Los Angeles Times reports.", "Los Angeles Times"),
    ("It rose, the Mae Sot Herald reports.", "Mae Sot Herald"),
    ("Families paid, according to Karwan News.", "Karwan News"),
    ("Indonesian media outlet Tempo published it.", "Tempo"),
    ("They escaped, Dawei Radio reports.", "Dawei Radio"),
    ("They escaped, Vietnamese media report.", "Vietnamese media"),
    ("It told Reuters and Agence France-Presse (AFP). AFP asked again.", "Reuters, Agence France-Presse"),
    ("The Straits Times and the South China Morning Post wrote of it.", "Straits Times, South China Morning Post"),
    ("A BBC documentary reports on it.", "BBC"),
    ("Radio Free Asia (RFA) spoke to her. RFA could not verify it.", "Radio Free Asia"),
    ("The newspaper Harian Merdeka printed her story.", "Harian Merdeka"),
    ("She told the Nyali Observer that she had called.", "Nyali Observer"),
    ("They were beaten, Border Post reported.", "Border Post"),
    ("Kompas and Rappler published lists.", "Kompas, Rappler"),
    ("He was caught with a punch at dawn.", ""),
]

SITES = [
    ("They were held at the Golden Fortune compound in Sihanoukville.", "Golden Fortune compound"),
    ("The Xing Tian Di casino is new.", "Xing Tian Di casino"),
    ("KK Park was shelled.", "KK Park"),
    ("The MDS Thmor Da special economic zone is in Pursat.", "MDS Thmor Da special economic zone"),
    ("The Thansur Sokha hotel stands there.", "Thansur Sokha hotel"),
    ("Majestic 2 casino is its other name.", "Majestic 2 casino"),
    ("They searched the Kampot Garden Hotel.", "Kampot Garden Hotel"),
    ("She worked in a casino and in Sihanoukville compounds.", ""),
    ("A Chinese casino and a Poipet hotel were closed.", ""),
    ("The Venus Park was emptied.", "Venus Park"),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_people(text: str, expected: str) -> None:
    found = {mention.name for mention in mentions(text) if mention.kind == "actor" and mention.within == "person"}
    assert found == set(expected.split(", "))


@pytest.mark.parametrize(("text", "expected"), [*BODIES, *UNNAMED])
def test_bodies(text: str, expected: str) -> None:
    found = {mention.name for mention in mentions(text) if mention.kind == "actor" and mention.within != "person"}
    wanted = expected.replace("Co., ", "Co.; ")
    assert {name.replace("Co., ", "Co.; ") for name in found} == set(filter(None, wanted.split(", ")))


@pytest.mark.parametrize("text", NOBODY)
def test_who_is_no_actor(text: str) -> None:
    assert names(text, "actor") == set()


@pytest.mark.parametrize(("text", "expected"), OUTLETS)
def test_outlets(text: str, expected: str) -> None:
    assert names(text, "outlet") == set(filter(None, expected.split(", ")))


@pytest.mark.parametrize(("text", "expected"), SITES)
def test_sites(text: str, expected: str) -> None:
    assert names(text, "site") == set(filter(None, expected.split(", ")))
