"""Outlets: those of the region and of the world, and the words by which one is known."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

OUTLETS = """
Voice of Democracy;VOD
CamboJA;CamboJA News
Khmer Times
Phnom Penh Post;The Phnom Penh Post
Cambodia Daily;The Cambodia Daily
Kiripost
Cambodianess
Fresh News
Rasmei Kampuchea
Koh Santepheap Daily;Koh Santepheap
Kampuchea Thmey
Agence Kampuchea Presse;AKP
Southeast Asia Globe
Mekong Independent
Reuters
Agence France-Presse;AFP
Associated Press;The Associated Press;AP
Bloomberg
Xinhua;Xinhua News Agency
Kyodo News;Kyodo
Yonhap News Agency;Yonhap News;Yonhap
Central News Agency
Antara;Antara News
Bernama
dpa
EFE
TASS
Anadolu Agency;Anadolu
Nikkei Asia
Al Jazeera
Radio Free Asia;RFA
Voice of America;VOA
Deutsche Welle;DW
BBC;BBC News
CNN
NPR
ABC News
NBC News
CBS News
Sky News
Channel NewsAsia;CNA
Bangkok Post
The Nation;The Nation Thailand
Thai PBS;Thai PBS World
Khaosod English;Khaosod
Thairath;Thai Rath
Prachatai
The Thaiger
VnExpress;VN Express;VnExpress International
Tuoi Tre;Tuoi Tre News
Thanh Nien
Viet Nam News;Vietnam News
VietnamPlus
Vietnam News Agency
VTV
Rappler
Philippine Star;The Philippine Star;PhilStar
Philippine Daily Inquirer;Inquirer
Manila Times;The Manila Times
Manila Bulletin
Philippine News Agency
GMA News
ABS-CBN;ABS-CBN News
Straits Times;The Straits Times
South China Morning Post;SCMP
Hong Kong Free Press;HKFP
Ming Pao
The Standard
Global Times
China Daily
People's Daily
CCTV
CGTN
Caixin;Caixin Global
Sixth Tone
The Paper
Initium Media;The Initium
The Reporter
Taipei Times
Taiwan News
Focus Taiwan
Liberty Times
United Daily News
Tempo
Kompas
Jakarta Post;The Jakarta Post
Detik;Detikcom
Tribun News
Jakarta Globe
The Star
Malaysiakini
Malay Mail
New Straits Times
Free Malaysia Today
The Edge
Sin Chew Daily;Sin Chew
China Press
Berita Harian
The Irrawaddy;Irrawaddy
Frontier Myanmar
Mizzima
Myanmar Now
Democratic Voice of Burma;DVB
Shan Herald Agency for News
Karen News
Eleven Media
Laotian Times;The Laotian Times
Vientiane Times
Korea Herald;The Korea Herald
Korea Times;The Korea Times
Korea JoongAng Daily
Chosun Ilbo;The Chosun Ilbo
Hankyoreh
KBS
NHK
Asahi Shimbun;The Asahi Shimbun
Mainichi
Yomiuri Shimbun
Japan Times;The Japan Times
The Hindu
Times of India;The Times of India
Hindustan Times
Indian Express;The Indian Express
NDTV
Press Trust of India;PTI
Asian News International;ANI
Economic Times
Deccan Herald
Dawn
Express Tribune
Geo News
Daily Star;The Daily Star
Dhaka Tribune
Prothom Alo
Daily Mirror
Ada Derana
Kathmandu Post;The Kathmandu Post
Daily Nation
Standard Media
Citizen TV
Daily Monitor;The Daily Monitor
New Vision
The EastAfrican
Punch;The Punch
Premium Times
Vanguard
Daily Trust
GhanaWeb
Addis Standard
Daily Maverick
News24
Los Angeles Times;LA Times;The Los Angeles Times
New York Times;The New York Times;NYT
Washington Post;The Washington Post
Wall Street Journal;The Wall Street Journal;WSJ
Financial Times;The Financial Times
The Guardian
The Telegraph
The Economist
The Times
The Independent
The Diplomat
Foreign Policy
Time Magazine
Forbes
Rest of World
Wired
The Atlantic
The New Yorker
ProPublica
Vice World News;VICE World News;Vice News;VICE News
OCCRP;Organized Crime and Corruption Reporting Project
Mongabay
Bellingcat
The Intercept
Le Monde
Der Spiegel
Sydney Morning Herald;The Sydney Morning Herald
Lighthouse Reports
Cyber Scam Monitor
"""
"""Outlets of the region and of the world, the forms of one name in a line."""

WEAK_OUTLETS = listed(
    """
    punch vanguard dawn wired forbes tempo inquirer bloomberg kyodo antara efe dpa detik mainichi prachatai
    hankyoreh
    """
)
"""Outlets whose name is a word or a person's as well: they need a sign that something was published."""

OUTLET_HEADS = listed(
    """
    news times post daily herald media press radio tv tribune gazette journal star online mail chronicle
    standard observer independent express inquirer bulletin broadcasting newspaper television magazine today
    weekly telegraph mirror sun courier review wire newswire sentinel examiner dispatch monitor echo globe
    reporter guardian argus patriot register digest insider insight voice correspondent messenger ledger
    advertiser record pioneer statesman pulse eye evening morning
    """
)
"""The last word of an outlet's name."""

STRONG_OUTLET_HEADS = listed("news times herald daily tribune gazette newspaper radio courier online")
"""Those that say so without a verb of telling beside them."""

OUTLET_NOUNS = frozenset(
    {
        "newspaper",
        "outlet",
        "broadcaster",
        "website",
        "magazine",
        "site",
        "agency",
        "channel",
        "daily",
        "network",
        "station",
        "portal",
    }
)
"""What an outlet is called before or after its name: media outlet Tempo."""
