"""Towns, regions and zones outside Cambodia that reports of the field name, and the capitals of all countries.

A name that is a common English word as well (Male, Nice) is left out.
"""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

ABROAD = {
    "MM": "Myawaddy;Shwe Kokko;Myanmar's Karen State;Karen State;Kayin State;Kayin;Kayah State;Shan State;"
    "Mon State;Kachin State;Rakhine State;Rakhine;Chin State;Wa State;Kokang;Laukkai;Laukkaing;"
    "Laukkai City;Lashio;Tachileik;Tachilek;Mong La;Mongla;Muse Township;Namkham;Kunlong;Chinshwehaw;"
    "Panghsang;Yangon;Rangoon;Mandalay;Naypyidaw;Naypyitaw;Nay Pyi Taw;Mawlamyine;Hpa-An;Hpa-an;"
    "Payathonzu;Three Pagodas Pass;Kawkareik;Kyaukhat;Lay Kay Kaw;Min Let Pan;Sagaing;Magway;Bago;"
    "Tanintharyi;Myeik;Kawthaung;Taunggyi;Pyin Oo Lwin;Hopang;Dongmei;Yulong Bay",
    "TH": "Bangkok;Mae Sot;Tak;Sa Kaeo;Sa Kaew;Aranyaprathet;Chiang Rai;Chiang Mai;Mae Sai;Chiang Saen;"
    "Chiang Khong;Trat;Chanthaburi;Surin;Buriram;Buri Ram;Sisaket;Si Sa Ket;Ubon Ratchathani;Pattaya;"
    "Chonburi;Chon Buri;Phuket;Hat Yai;Songkhla;Nong Khai;Udon Thani;Khon Kaen;Nakhon Ratchasima;Korat;"
    "Kanchanaburi;Ranong;Rayong;Samut Prakan;Nonthaburi;Pathum Thani;Ayutthaya;Mukdahan;Nakhon Phanom;"
    "Mae Hong Son;Surat Thani;Hua Hin;Prachuap Khiri Khan;Ratchaburi;Suvarnabhumi;Don Mueang;Hat Lek;"
    "Khlong Yai;Ban Khlong Luek;Phop Phra;Mae Ramat;Narathiwat;Yala;Pattani;Phitsanulok;Samut Sakhon;"
    "Krabi",
    "LA": "Golden Triangle Special Economic Zone;Golden Triangle SEZ;GTSEZ;Bokeo;Ton Pheung;Tonpheung;Huay Xai;"
    "Houayxay;Vientiane;Savannakhet;Pakse;Champasak;Luang Prabang;Luang Namtha;Boten;Attapeu;Khammouane;"
    "Oudomxay;Thakhek",
    "PH": "Manila;Metro Manila;Pampanga;Bamban;Porac;Tarlac;Tarlac City;Angeles City;Angeles;Clark Freeport;"
    "Clark;Las Piñas;Las Pinas;Pasay;Pasay City;Parañaque;Paranaque;Makati;Makati City;Quezon City;Taguig;"
    "Pasig;Muntinlupa;Mandaluyong;Cavite;Kawit;Bulacan;Batangas;Laguna;Rizal;Cebu;Cebu City;"
    "Lapu-Lapu City;Davao;Davao City;Mindanao;Luzon;Visayas;Zamboanga;Palawan;Puerto Princesa;Subic;"
    "Subic Bay;Zambales;Bataan;Bacolor;Iloilo;Baguio;Pangasinan;Ilocos Norte;Cagayan;Tawi-Tawi;Sulu;"
    "Mabalacat;San Fernando City",
    "VN": "Ho Chi Minh City;Saigon;HCMC;HCM City;Hanoi;Ha Noi;Haiphong;Hai Phong;Da Nang;Danang;Can Tho;"
    "An Giang;Tay Ninh;Moc Bai;Long An;Kien Giang;Dong Thap;Binh Phuoc;Binh Duong;Dong Nai;Gia Lai;"
    "Kon Tum;Dak Lak;Dak Nong;Ha Tien;Chau Doc;Long Binh;Lam Dong;Da Lat;Nghe An;Ha Tinh;Quang Ninh;"
    "Quang Tri;Quang Binh;Thanh Hoa;Lang Son;Lao Cai;Mong Cai;Bac Ninh;Bac Giang;Bac Lieu;Ca Mau;"
    "Soc Trang;Tra Vinh;Vinh Long;Ben Tre;Tien Giang;Hau Giang;Phu Yen;Khanh Hoa;Nha Trang;Binh Thuan;"
    "Binh Dinh;Hai Duong;Nam Dinh;Thai Binh;Thai Nguyen;Phu Tho;Hue;Vung Tau;Xa Mat;Tinh Bien;Le Thanh;"
    "An Phu;Binh Di River;Binh Di;Mekong Delta",
    "CN": "Beijing;Shanghai;Kunming;Fujian;Yunnan;Guangdong;Guangxi;Guangzhou;Shenzhen;Sichuan;Chongqing;"
    "Chengdu;Hunan;Hubei;Wuhan;Henan;Hebei;Zhejiang;Jiangsu;Jiangxi;Anhui;Shandong;Shanxi;Shaanxi;Guizhou;"
    "Hainan;Liaoning;Jilin;Heilongjiang;Gansu;Qinghai;Ningxia;Xinjiang;Tibet;Inner Mongolia;Tianjin;"
    "Xiamen;Fuzhou;Quanzhou;Anxi;Nanning;Xi'an;Ruili;Lincang;Xishuangbanna;Pu'er;Wenzhou;Hangzhou;Nanjing;"
    "Nantong;Zhuhai;Changsha;Zhengzhou;Dongguan",
    "ID": "Jakarta;Batam;Medan;Bali;Denpasar;Surabaya;Bandung;Java;West Java;East Java;Central Java;"
    "North Sumatra;South Sumatra;West Sumatra;Sumatra;Riau;Riau Islands;North Sulawesi;Sulawesi;Manado;"
    "Makassar;Kalimantan;West Kalimantan;Pontianak;Singkawang;Bekasi;Tangerang;Banten;Aceh;Palembang;"
    "Pekanbaru;Lampung;Yogyakarta;Semarang;Sukabumi;Lombok;Bangka Belitung;Soekarno-Hatta;Dumai",
    "MY": "Kuala Lumpur;KL;Johor;Johor Bahru;Penang;George Town;Perak;Ipoh;Selangor;Sabah;Sarawak;Kuching;"
    "Kota Kinabalu;Kelantan;Kota Bharu;Kedah;Melaka;Malacca;Negeri Sembilan;Pahang;Perlis;Terengganu;"
    "Putrajaya;Labuan;Shah Alam;Petaling Jaya;Sibu;Miri",
    "AE": "Dubai;Abu Dhabi;Sharjah;Ajman;Ras Al Khaimah",
    "TW": "Taipei;New Taipei;New Taipei City;Taoyuan;Taichung;Tainan;Kaohsiung;Hsinchu;Keelung;Changhua;"
    "Pingtung;Yilan;Hualien;Chiayi;Miaoli",
    "IN": "New Delhi;Delhi;Mumbai;Bengaluru;Bangalore;Chennai;Hyderabad;Kolkata;Kerala;Tamil Nadu;Telangana;"
    "Andhra Pradesh;Visakhapatnam;Karnataka;Maharashtra;Gujarat;Punjab;Uttar Pradesh;Bihar;Odisha;"
    "Rajasthan;Goa;Haryana;Jharkhand;Uttarakhand;West Bengal;Manipur;Assam;Lucknow;Kochi",
    "KR": "Seoul;Incheon;Busan;Daegu;Gwangju;Daejeon;Yecheon;Jeju;Gyeonggi;North Gyeongsang",
    "JP": "Tokyo;Osaka;Nagoya;Fukuoka;Saga Prefecture;Sapporo;Yokohama;Aichi;Okinawa;Chiba",
    "KE": "Nairobi;Mombasa;Kisumu;Nakuru;Kiambu;Eldoret",
    "UG": "Kampala;Entebbe",
    "ET": "Addis Ababa",
    "ZA": "Pretoria;Johannesburg;Cape Town;Durban",
    "NG": "Abuja;Lagos;Kano",
    "GH": "Accra;Kumasi",
    "PK": "Islamabad;Karachi;Lahore;Rawalpindi;Faisalabad;Peshawar",
    "BD": "Dhaka;Chittagong;Cox's Bazar;Sylhet",
    "LK": "Colombo;Negombo;Kandy;Jaffna",
    "NP": "Kathmandu;Pokhara",
    "US": "Washington;Washington DC;Washington D.C.;New York;Los Angeles;San Francisco;Chicago;Seattle;Houston;"
    "Miami;California;Texas;Florida;Boston;Brooklyn;Virginia;Massachusetts;Nevada;Las Vegas;Hawaii;"
    "New Jersey",
    "GB": "London;Manchester;Birmingham;Liverpool;Edinburgh;Glasgow;Cardiff;Belfast",
    "AU": "Canberra;Sydney;Melbourne;Perth;Brisbane;Adelaide;Darwin;Queensland;New South Wales",
    "CA": "Ottawa;Toronto;Vancouver;Montreal;Ontario;British Columbia;Quebec",
    "TR": "Ankara;Istanbul;Izmir",
    "RU": "Moscow;Vladivostok;St. Petersburg;St Petersburg",
    "BR": "Brasília;Brasilia;São Paulo;Sao Paulo;Rio de Janeiro",
    "CD": "Kinshasa",
    "CG": "Brazzaville",
    "DZ": "Algiers",
    "AO": "Luanda",
    "BJ": "Porto-Novo;Cotonou",
    "BW": "Gaborone",
    "BF": "Ouagadougou",
    "BI": "Bujumbura;Gitega",
    "CM": "Yaoundé;Yaounde;Douala",
    "CV": "Praia",
    "CF": "Bangui",
    "TD": "N'Djamena;Ndjamena",
    "KM": "Moroni",
    "EG": "Cairo;Alexandria",
    "GQ": "Malabo",
    "ER": "Asmara",
    "SZ": "Mbabane",
    "GA": "Libreville",
    "GM": "Banjul",
    "GN": "Conakry",
    "GW": "Bissau",
    "CI": "Abidjan;Yamoussoukro",
    "LS": "Maseru",
    "LR": "Monrovia",
    "LY": "Tripoli",
    "MG": "Antananarivo",
    "MW": "Lilongwe;Blantyre",
    "ML": "Bamako",
    "MR": "Nouakchott",
    "MU": "Port Louis",
    "MA": "Rabat;Casablanca",
    "MZ": "Maputo",
    "NA": "Windhoek",
    "NE": "Niamey",
    "RW": "Kigali",
    "ST": "São Tomé",
    "SN": "Dakar",
    "SL": "Freetown",
    "SO": "Mogadishu;Hargeisa",
    "SS": "Juba",
    "SD": "Khartoum",
    "TZ": "Dodoma;Dar es Salaam;Zanzibar",
    "TG": "Lomé;Lome",
    "TN": "Tunis",
    "ZM": "Lusaka",
    "ZW": "Harare;Bulawayo",
    "AF": "Kabul",
    "AM": "Yerevan",
    "AZ": "Baku",
    "BH": "Manama",
    "BT": "Thimphu",
    "BN": "Bandar Seri Begawan",
    "GE": "Tbilisi;Batumi",
    "IR": "Tehran",
    "IQ": "Baghdad",
    "IL": "Jerusalem;Tel Aviv",
    "JO": "Amman",
    "KZ": "Astana;Almaty;Nur-Sultan",
    "KW": "Kuwait City",
    "KG": "Bishkek",
    "LB": "Beirut",
    "MV": "Malé",
    "MN": "Ulaanbaatar;Ulan Bator",
    "KP": "Pyongyang",
    "OM": "Muscat",
    "QA": "Doha",
    "PS": "Ramallah",
    "SA": "Riyadh;Jeddah",
    "SY": "Damascus",
    "TJ": "Dushanbe",
    "TL": "Dili;Oecusse",
    "TM": "Ashgabat",
    "UZ": "Tashkent",
    "YE": "Sanaa;Sana'a",
    "AL": "Tirana",
    "AT": "Vienna",
    "BY": "Minsk",
    "BE": "Brussels",
    "BA": "Sarajevo",
    "BG": "Sofia",
    "HR": "Zagreb",
    "CY": "Nicosia;Limassol",
    "CZ": "Prague",
    "DK": "Copenhagen",
    "EE": "Tallinn",
    "FI": "Helsinki",
    "FR": "Paris;Lyon;Marseille",
    "DE": "Berlin;Munich;Frankfurt;Hamburg",
    "GR": "Athens",
    "HU": "Budapest",
    "IS": "Reykjavik",
    "IE": "Dublin",
    "IT": "Rome;Milan;Naples",
    "XK": "Pristina",
    "LV": "Riga",
    "LI": "Vaduz",
    "LT": "Vilnius",
    "MT": "Valletta",
    "MD": "Chisinau;Chișinău",
    "ME": "Podgorica",
    "NL": "Amsterdam;The Hague;Rotterdam",
    "MK": "Skopje",
    "NO": "Oslo",
    "PL": "Warsaw",
    "PT": "Lisbon",
    "RO": "Bucharest",
    "RS": "Belgrade",
    "SK": "Bratislava",
    "SI": "Ljubljana",
    "ES": "Madrid;Barcelona",
    "SE": "Stockholm",
    "CH": "Bern;Geneva;Zurich",
    "UA": "Kyiv;Kiev;Odesa",
    "AR": "Buenos Aires",
    "BS": "Nassau",
    "BB": "Bridgetown",
    "BZ": "Belmopan",
    "BO": "La Paz;Sucre",
    "CL": "Santiago",
    "CO": "Bogotá;Bogota;Medellín;Medellin",
    "CR": "San José;San Jose",
    "CU": "Havana",
    "DO": "Santo Domingo",
    "EC": "Quito;Guayaquil",
    "SV": "San Salvador",
    "GD": "St. George's",
    "GT": "Guatemala City",
    "GY": "Georgetown",
    "HT": "Port-au-Prince",
    "HN": "Tegucigalpa",
    "JM": "Kingston",
    "MX": "Mexico City;Tijuana",
    "NI": "Managua",
    "PA": "Panama City",
    "PY": "Asunción;Asuncion",
    "PE": "Lima",
    "KN": "Basseterre",
    "LC": "Castries",
    "SR": "Paramaribo",
    "TT": "Port of Spain",
    "UY": "Montevideo",
    "VE": "Caracas",
    "FJ": "Suva",
    "KI": "Tarawa",
    "MH": "Majuro",
    "FM": "Palikir",
    "NR": "Yaren",
    "NZ": "Wellington;Auckland",
    "PW": "Koror;Ngerulmud",
    "PG": "Port Moresby",
    "WS": "Apia",
    "SB": "Honiara",
    "TO": "Nukualofa;Nuku'alofa",
    "TV": "Funafuti",
    "VU": "Port Vila",
    "MC": "Monte Carlo",
    "AD": "Andorra la Vella",
    "SC": "Victoria, Seychelles",
    "AG": "St. John's",
    "DJ": "Djibouti City",
    "HK": "Kowloon",
    "DM": "Roseau",
    "VC": "Kingstown",
    "SM": "San Marino City",
}  # fmt: skip
"""Names by the code of their country."""

SITES_ABROAD = dict.fromkeys(
    (
        "KK Park", "Yatai New City", "Fully Light", "Crouching Tiger Villa", "Huanya International City", "Apollo Park",
        "Tai Chang", "Taichang", "Dongmei Park", "Hengsheng", "Shunda Park", "KK Garden", "Deko Park",
    ),
    "MM",
) | dict.fromkeys(("Kings Romans", "Kings Romans Casino"), "LA")  # fmt: skip
"""Compounds and zones abroad that are known by name alone, and their countries."""

NAMED_AFTER = listed(
    """
    street road boulevard avenue lane highway school schools university college institute academy hospital
    clinic market bank airport bridge stadium club fc pagoda temple restaurant museum library newspaper
    guesthouse plaza cinema mosque church statue monument roundabout ferry pier village hamlet phum st rd blvd
    ave pharmacy orphanage
    """
)
"""What bears a place's name without being the place, in capitals or not."""

NAMED_AFTER_CAPITAL = listed(
    """
    hotel hotels casino casinos resort bar cafe café shop store mall tower towers villa villas residence
    residences apartment apartments building park garden gardens palace inn hostel beach island group company co
    ltd trading investment holdings brewery pepper cement media press times post news daily express herald radio
    tv star entertainment airways airlines air bus transport logistics foundation
    """
)
"""The same, when the word has a capital: the Siem Reap Hotel, but a Siem Reap hotel."""

BEFORE_NAMED = frozenset(
    {"street", "village", "hamlet", "phum", "hotel", "wat", "school", "ship", "vessel", "boat", "restaurant"}
)
"""What may stand before such a name: the village of Battambang, Hotel Kampot."""

ALSO_PEOPLE = listed(
    """
    jordan chad georgia santiago victoria clark rizal laguna lima kingston wellington darwin sofia virginia
    sydney adelaide paris milan houston
    """
)
"""Places that are names of people too."""

AFTER_PLACE = listed(
    """
    province provincial city municipal municipality capital town district commune autonomous special
    administrative port international border checkpoint crossing state region county prefecture and of the in on
    at for
    """
)
"""Capitalised words after a place that leave it the place."""

BEFORE_PLACE = listed(
    """
    north south east west northern southern eastern western central upper lower greater northeast northwest
    southeast southwest northeastern northwestern southeastern southwestern coastal downtown inner outer
    mainland rural urban in at from to near around across of and or the outside inside within through via
    towards toward into throughout province city district town municipality capital governor
    """
)
"""Capitalised words before a place that leave it the place."""
