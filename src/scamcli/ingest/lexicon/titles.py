"""Words for people: what they are called, what they do, and the verbs by which a name is known to speak or act."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

RANKS = listed(
    """
    gen maj lt col capt sgt brig pol insp cpl supt adm cmdr general major colonel captain lieutenant sergeant
    inspector superintendent brigadier admiral commander marshal corporal
    """
)
COURTESY = listed(
    """
    mr mrs ms miss dr prof sir dame lord lady h.e. excellency samdech oknha neak krolahom techo lok chumteav
    datuk dato datin tan sri seri comm haji tunku khun hon atty engr madam madame ustaz
    """
)
POSTS = listed(
    """
    minister premier president chairman chairwoman chairperson chair director manager governor mayor
    spokesperson spokesman spokeswoman spokespeople secretary undersecretary ambassador diplomat consul envoy
    counsellor counselor attaché attache commissioner chief head deputy commander judge justice prosecutor
    magistrate attorney lawyer solicitor senator congressman congresswoman lawmaker mp representative councillor
    councilor delegate rapporteur coordinator king queen prince princess pope monk tycoon businessman
    businesswoman magnate kingpin mastermind ringleader boss owner founder ceo cfo coo shareholder investor
    entrepreneur leader strongman warlord financier oligarch activist campaigner researcher analyst expert
    professor scholar academic economist criminologist investigator journalist reporter editor author writer
    blogger suspect defendant fugitive trafficker recruiter broker fraudster adviser advisor aide executive
    officer official officers superintendent warden treasurer auditor chargé registrar
    """
)
"""What a person is, right before the name or after a comma behind it."""

POST_PARTS = listed(
    """
    deputy vice prime former acting interior foreign justice defense defence labor labour home finance health
    senior assistant executive managing national provincial general chief special regional country police
    military district commune village ex caretaker interim permanent first second third program programme
    project press public
    """
)
"""What stands before such a word as a part of it: deputy national police chief."""

PRIVATE = listed(
    """
    victim victims survivor survivors daughter son wife husband mother father sister brother cousin nephew niece
    uncle aunt parent parents child boy girl teenager teen worker workers student graduate man woman youth
    farmer migrant escapee captive hostage patient deceased body dead corpse nurse teacher friend boyfriend
    girlfriend villager resident employee labourer laborer jobseeker returnee
    """
)
"""Who suffers or stands by: their names are never proposed."""

SPEAKING = listed(
    """
    said says say saying told tells tell added adds add warned warns warn claimed claims claim stated states
    state wrote writes denied denies deny confirmed confirms confirm announced announces announce acknowledged
    acknowledges explained explains explain noted notes note estimated estimates estimate reported reports
    report revealed reveals disclosed discloses declared declares alleged alleges allege accused accuses accuse
    admitted admits argued argues argue asked asks believe believes believed called calls call commented
    comments conceded concludes concluded cited cites cautioned disputed disputes dismissed dismisses emphasised
    emphasized insisted insists maintained maintains pledged pledges promised promises quoted recalled recounted
    recounts remarked replied responded responds stressed stresses suggested suggests testified testifies
    thanked urged urges urge vowed vows rejected rejects refuted recorded record speak speaks spoke identified
    identify counted count counts listed list published publishes issued issues issue expressed
    """
)
ACTING = listed(
    """
    prosecute prosecuted petitioned deal dealt handle handled log logged try tried block blocked cut cuts push
    pushed drive drove chase chased look looked act acted ignore ignored plan planned want wanted need needed
    fear feared hope hoped help helps serve served obtain obtained share shared grant process processed expect
    expected deny attend attended receive receives rescue house houses sweep swept reach reached hold holds held
    refuse take await cite arrested arrest arrests detained detain raided raid raids rescued rescues freed free
    frees released release releases seized seize seizes found find finds searched search launched launch
    launches opened opens charged charge charges sentenced sentences convicted convicts jailed jails deported
    deport deports repatriated repatriate repatriates received visited visit visits ordered orders order closed
    close closes shut sealed seal conducted conduct conducts carried carry investigated investigate
    investigating investigates moved move sent send sends stormed storm crackdown cracked crack cracks handed
    hand took takes led lead leads leading helped worked work works intercepted intercept nabbed nab busted bust
    apprehended apprehend stopped stop questioned question registered register transferred transfer brought
    bring brings pulled pull evacuated evacuate responded respond refused arrived arrive inspected inspect
    dispatched escorted escort coordinated coordinate negotiated negotiate demanded demand hosted hosts presided
    agreed agree signed sign signs sanctioned sanctions sanction indicted indict extradited extradite offered
    offer granted grants renewed renew renews revoked revoke suspended suspend banned ban blamed blame blames
    failed fail fails imposed impose approved approve ruled rules upheld tracked track traced trace froze
    confiscated confiscate recovered recover dismantled dismantle cooperated joined join met meet meets returned
    flew fly discovered discover extorted extorting extort collected collect collects paid pays pay provided
    provide allowed allow allows put puts kept keep keeps knew know knows started start began begin begins
    clamped clamp surrounded entered enter enters killed shot uncovered uncover verified verify assisted assist
    summoned summon exhumed bought buys sold sells owns own owned controls controlled runs ran founded heads
    headed
    """
)
"""Verbs by which somebody is known to act, in the forms that follow a subject."""

AUXILIARIES = listed(
    """
    has have had since is are was were will would can could may might also later then still not never did do
    does been be being already subsequently reportedly allegedly recently only even first finally initially
    jointly again immediately quickly eventually often who
    """
)
"""What may stand between a subject and its verb."""

ACCUSED = listed(
    """
    arrested charged sentenced convicted indicted jailed extradited sanctioned accused apprehended imprisoned
    prosecuted nabbed wanted
    """
)
"""What is done to a defendant."""

PEOPLE = listed(
    """
    national nationals citizen citizens worker workers woman women man men people person persons victim victims
    tycoon tycoons businessman businessmen businesswoman businesspeople gang gangs leader leaders suspect
    suspects student students teenager teenagers teen teens boy boys girl girls child children youth youths
    adult adults minor minors male males female females resident residents migrant migrants immigrant immigrants
    expatriate expatriates expat expats tourist tourists visitor visitors traveller travellers traveler
    travelers passenger passengers engineer engineers graduate graduates jobseeker jobseekers seeker seekers
    employee employees labourer labourers laborer laborers employer employers owner owners boss bosses manager
    managers supervisor supervisors operator operators kingpin kingpins ringleader ringleaders mastermind
    masterminds criminal criminals fugitive fugitives trafficker traffickers scammer scammers fraudster
    fraudsters recruiter recruiters broker brokers smuggler smugglers agent agents syndicate syndicates mafia
    mob triad triads mobster mobsters gangster gangsters investor investors developer developers magnate
    magnates entrepreneur entrepreneurs billionaire billionaires interpreter interpreters translator translators
    driver drivers survivor survivors captive captives hostage hostages detainee detainees inmate inmates
    prisoner prisoners returnee returnees escapee escapees deportee deportees evacuee evacuees defendant
    defendants perpetrator perpetrators offender offenders member members couple couples family families mother
    father mothers fathers parents son sons daughter daughters brother brothers sister sisters wife husband
    relative relatives friend friends compatriot compatriots countryman countrymen individual individuals nurse
    nurses teacher teachers farmer farmers fisherman fishermen trader traders merchant merchants programmer
    programmers technician technicians activist activists lawyer journalist journalists actor actress singer
    model influencer influencers streamer community communities buyer buyers seller sellers customer customers
    client clients gambler gamblers guard guards monk monks retiree retirees pensioner pensioners widow
    professional professionals descent origin caller callers executive executives shareholder shareholders
    founder ceo chairman director directors holder holders netizen netizens recruit recruits hacker hackers
    staff personnel complainant complainants applicant applicants informant witness witnesses volunteer
    volunteers conman conmen accomplice accomplices launderer launderers ex-convict housewife housewives trainee
    trainees
    """
)
"""Nouns after a demonym that make it the nationality of people."""

NOT_PEOPLE = listed(
    """
    police authorities authority embassy embassies consulate consular government governments media court courts
    border borders territory soil company companies firm firms currency language ministry minister ministers
    officials official diplomat diplomats ambassador envoy consul president premier prime parliament senate
    state military army navy troops soldiers soldier forces force officer officers delegation delegations press
    newspaper newspapers outlet outlets news website websites law laws judge prosecutors prosecutor judiciary
    prison prisons jail bank banks businesses business investment investments market markets economy city cities
    province provinces town towns village island islands capital airport airports visa visas passport passports
    phone phones number numbers baht yuan dollar dollars peso pesos won rupiah rupees ringgit dong riel riels
    million billion immigration intelligence customs anti public foreign royal constitution flag food restaurant
    restaurants history culture new side general attorney interior justice defence defense labour labor health
    kingdom republic peninsula ocean sea sides casino casinos compound compounds hotel hotels site sites app
    apps platform platforms channel channels politician politicians governor senator lawmaker lawmakers mp mps
    monarchy king agency agencies office offices bureau department commission committee council commissioner
    task envoys spokesperson spokesman spokeswoman foundation ngo ngos organisation organization organisations
    organizations team teams investigators investigator detectives
    """
)
"""Nouns and parts of nouns after a demonym that make it no nationality of people."""

BETWEEN = listed(
    """
    gambling trafficking smuggling trafficked undocumented wanted alleged suspected convicted rescued stranded
    detained arrested well connected so called self exiled based born led run linked speaking organised
    organized missing retired enslaved abducted kidnapped naturalised naturalized working fleeing returning
    freed deceased injured unnamed identified young related skilled educated married aged old year
    """
)
"""Forms in -ed and -ing, and parts of compounds, that may stand between a demonym and its noun."""

ENDS_NOUN = listed(
    """
    in on at of to for from with by as who whom whose which that where when while is are was were be been being
    has have had will would can could may might must shall should do does did not or nor but if then than
    because after before since until into onto over under against about between through during without within
    along across near behind the a an this these those his her their its he she they it we you i there here so
    said says say told tells according including such both also
    """
)
"""Words that end the search for the noun of a demonym."""

QUANTITIES = listed(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    dozen dozens many several some most few more other another fellow scores million number numbers fewer least
    both all mostly mainly including predominantly largely chiefly being
    """
)
"""Words that count people, or say which of them."""

ORDINARY = listed(
    """
    the a an in on at of to for from with by as and or but if when while after before since during following
    under over between among about against through into near outside inside within without across it he she they
    we you i this that these those his her their its our my your some many most more several few both all
    another other each every no not there here then now today yesterday meanwhile however also still only just
    so one two three four five six seven eight nine ten eleven twelve twenty thirty around nearly almost least
    up as-of last next first second third who what which where why how once later earlier according because
    although though despite until upon new former local foreign such is are was were has had have been be will
    would said says nobody nothing none see read photo video dozens hundreds thousands police authorities
    officials victims workers people raids
    """
)
"""Words that have a capital only because they begin a sentence."""
