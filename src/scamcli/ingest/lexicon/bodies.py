"""Organisations and sites: the words by which one is known, and the organisations that the whole field names."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed


def _kinds(**words: str) -> dict[str, str]:
    return {word: kind for kind, several in words.items() for word in several.split()}


HEADS = _kinds(
    police="police gendarmerie constabulary battalion squad brigade",
    court="court courts tribunal",
    embassy="embassy consulate",
    government="""
    ministry department bureau commission committee office council authority authorities administration agency
    government army navy secretariat cabinet senate parliament assembly congress prosecutor's prosecutors
    prosecution directorate division unit commissariat command treasury customs taskforce inspectorate""",
    ngo="""
    foundation organization organisation association network watch alliance federation union coalition centre
    center charity observatory consortium fund campaign project lab service mission initiative consultancy
    institute society forum league""",
    company="""
    group company co ltd inc corp corporation holdings holding limited investment investments enterprise
    enterprises technology technologies entertainment airlines conglomerate exchange developments construction
    gaming solutions outsourcing services ventures trading recruiters consulting recruitment logistics
    international property properties realty""",
    gang="gang syndicate triad cartel",
    group="force guard channel front party",
)
"""The word of a name that says which kind of body it is, when it has a capital."""

OPENS = listed(
    """
    ministry department bureau commission commissariat committee office council agency embassy consulate court
    association organization organisation network federation union coalition alliance centre center secretariat
    directorate division government army foundation institute society league bank assembly authority
    administration general group unit chamber house inspectorate
    """
)
"""Heads that a name may begin with: Ministry of …, Office of …"""

PLAIN_HEADS = _kinds(
    police="police gendarmerie gendarmes",
    court="court",
    embassy="embassy consulate",
    government="""
    authorities government ministry administration prosecutors army military navy junta officials immigration
    customs department bureau cabinet soldiers guards investigators troops forces agency""",
)
"""Heads in lower case, which need a place or a nationality before them: Thai police, Bavet city authorities."""

MODIFIERS = listed(
    """
    migrant protection worker workers provincial province municipal municipality city district town township
    commune national royal border immigration military anti - trafficking human cyber cybercrime crime tourist
    tourism judicial local state federal central foreign interior justice labor labour health social supreme
    appeal appeals high economic special security intelligence regional riot traffic criminal investigation
    internal home defense defence affairs capital naval metropolitan customs consular law enforcement drug
    narcotics scam online fraud technology county first instance government public prosecution ruling commercial
    serious organised organized
    """
)
"""Words in lower case between that place and the head."""

DOMAINS = listed(
    """
    people workers migrant migrants affairs cooperation crime crimes trafficking tourism sports finance
    development youth rehabilitation communications telecommunications training justice interior defence defense
    labour labor education culture fisheries forestry agriculture trade commerce industry technology innovation
    environment energy mines planning transport veterans women's women children family health security
    information investigation inspection drugs smuggling anti anti-money juvenile protection immigration customs
    excise migration employment welfare human rights cults religion religions construction urban management
    public works statistics science technologies post posts foreign international social prevention suppression
    combating combat counter victims vocational administrative economy exploitation empowerment diaspora
    overseas workforce digital media economics rural water resources cyber cybercrime narcotics corruption
    laundering money organised organized peace reconciliation
    """
)
"""What ministries and departments are about: after "and" in a name, one of these goes on with it."""

JOINERS = frozenset({"of", "for", "on", "against", "to"})

COMPANY_ENDS = frozenset(
    {"co", "ltd", "inc", "corp", "plc", "llc", "limited", "pte", "sdn", "bhd", "pty", "jsc", "corporation"}
)

UNNAMED = (
    "human rights groups", "human rights organizations", "human rights organisations", "rights groups",
    "rights organizations", "rights organisations", "anti-trafficking groups", "aid groups",
)  # fmt: skip
"""Those of civil society that have no name, and act and speak all the same."""

BODIES = """
government|US State Department;State Department;U.S. Department of State;US Department of State;Department of State
government|US Treasury;US Treasury Department;U.S. Department of the Treasury;Treasury Department
government|US Justice Department;US Department of Justice
government|Office of Foreign Assets Control;OFAC
government|Federal Bureau of Investigation;FBI
government|Financial Crimes Enforcement Network;FinCEN
government|USAID
government|National Bureau of Investigation;NBI
government|Presidential Anti-Organized Crime Commission;PAOCC
government|Philippine Amusement and Gaming Corporation;PAGCOR;Pagcor
government|Bureau of Immigration
government|Wisma Putra
government|Department of Migrant Workers
government|Department of Special Investigation;DSI
government|Inter-Agency Council Against Trafficking;IACAT
police|Philippine National Police;PNP
police|Criminal Investigation and Detection Group;CIDG
police|Royal Thai Police
police|Central Investigation Bureau
police|Cyber Crime Investigation Bureau;CCIB
international|Europol
government|National Committee for Counter Trafficking;National Committee for Counter-Trafficking;NCCT
government|General Department of Immigration
government|Commercial Gambling Management Commission
international|United Nations;UN;U.N.
international|United Nations Office on Drugs and Crime;UN Office on Drugs and Crime;UNODC
international|International Organization for Migration;International Organisation for Migration;IOM
international|Interpol;INTERPOL
international|ASEAN;Asean;Association of Southeast Asian Nations
international|Financial Action Task Force;FATF
international|International Labour Organization;International Labor Organization;International Labour Organisation;ILO
international|Office of the United Nations High Commissioner for Human Rights;OHCHR
international|United Nations human rights office;UN human rights office
international|UNHCR
international|UNICEF
international|European Union;EU
international|European Parliament
international|World Bank
international|Asia-Pacific Group on Money Laundering
ngo|Amnesty International;Amnesty
ngo|Human Rights Watch;HRW
ngo|International Justice Mission;IJM
ngo|Global Anti-Scam Organization;Global Anti-Scam Organisation;GASO
ngo|Licadho;LICADHO
ngo|Adhoc;ADHOC
ngo|Chab Dai
ngo|Humanity Research Consultancy
ngo|Blue Dragon;Blue Dragon Children's Foundation
ngo|Walk Free
ngo|Transparency International
ngo|United States Institute of Peace;US Institute of Peace;USIP
ngo|International Crisis Group
ngo|Justice For Myanmar
ngo|Global Initiative Against Transnational Organized Crime
ngo|International Commission of Jurists
ngo|Red Cross
ngo|Mekong Club
ngo|Immanuel Foundation
ngo|Civil Society Network for Victim Assistance in Human Trafficking
company|Prince Group;Prince Holding Group;Prince Holding
company|Huione Group;Huione Pay;Huione Guarantee;Huione
company|Binance
company|Tether
company|Meta
company|Telegram
company|Chainalysis
company|Elliptic
company|TRM Labs
company|NagaCorp
company|LYP Group
company|Jin Bei Group;Jinbei Group
group|Karen National Army;KNA
group|Border Guard Force;BGF;Karen Border Guard Force
group|Democratic Karen Benevolent Army;Democratic Karen Buddhist Army;DKBA
group|Karen National Union;KNU
group|United Wa State Army;UWSA
group|Myanmar National Democratic Alliance Army;MNDAA
group|Kokang Border Guard Force
gang|14K;14K Triad
"""
"""Kind, and the forms of one name, the fullest first."""

SITE_HEADS = _kinds(
    compound="""
    compound complex park building buildings tower towers condominium condo apartment apartments villa plaza
    mansion estate""",
    casino="casino",
    hotel="hotel resort guesthouse inn",
    zone="zone sez",
)
"""What a site is, in capitals or not; a compound may hold several."""

BODY_NOUNS = _kinds(
    ngo="""
    charity ngo nonprofit watchdog shelter group organisation organization partner network coalition institute""",
    company="company firm conglomerate contractor developer operator",
    gang="gang syndicate ring cartel",
    government="agency ministry bureau",
)
"""What a body is called before its name or after a comma behind it: the charity Haven for Migrants."""
