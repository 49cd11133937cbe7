"""Pairs of names of different people in the region that look or sound alike. A query for one never finds the other."""

CONFUSABLE = (
    # Khmer
    ("Sar Sokha", "Sao Sokha"), ("Hun Sen", "Hun Seng"), ("Hun Manet", "Hun Mana"), ("Sok An", "Sok Kong"),
    ("Chea Sim", "Chea Sam"), ("Ly Yong Phat", "Ly Yong Phan"), ("Kith Meng", "Kith Theang"), ("Pol Pot", "Pol Pat"),
    ("Tea Banh", "Tea Vinh"), ("Tea Seiha", "Tea Sokha"), ("Khun Sear", "Khun Sea"),
    # Thai
    ("Thaksin Shinawatra", "Yingluck Shinawatra"), ("Surachate Hakparn", "Surachet Hakparn Junior"),
    ("Prawit Wongsuwan", "Prawit Wongsawat"), ("Somchai Thong", "Somchai Tong"),
    ("Nang Sao Somsri Jai", "Nai Somsri Jai"),
    ("Don Pramudwinai", "Pramudwinai"), ("Anutin Charnvirakul", "Anurak Charnvirakul"),
    # Lao
    ("Thongloun Sisoulith", "Thongsing Sisoulith"), ("Thao Khamphan Sida", "Nang Khamphan Sida"),
    ("Khamtay Siphandone", "Khampheng Siphandone"), ("Bounnhang Vorachit", "Bounthong Vorachit"),
    # Burmese
    ("U Thant", "Thant"), ("U Nu", "Daw Nu"), ("Ko Ko Gyi", "Ko Gyi"), ("U Win Myint", "Daw Win Myint"),
    ("Ma Khin Khin Oo", "Ko Khin Khin Oo"), ("Than Shwe", "Tan Shwe"), ("Thein Sein", "Thein Zein"),
    ("Saw Chit Thu", "Chit Thu"), ("Aung Zaw Win", "Aung Zaw Vin"), ("Min Aung Hlaing", "Maung Aung Hlaing"),
    ("Phyo Min", "Pyo Min"), ("Tun Min Latt", "Min Latt"),
    # Vietnamese
    ("Nguyễn Văn Thắng", "Nguyễn Văn Tăng"), ("Trần Văn Thái", "Trần Văn Tài"), ("Phạm Thị Thu", "Phạm Thị Tú"),
    ("Lê Văn Thành", "Lê Văn Tánh"), ("Nguyễn Thị Thủy", "Nguyễn Thị Túy"), ("Phan Văn Giang", "Pan Van Giang"),
    ("Vũ Văn An", "Wu Wan An"), ("Đại Tá Quang", "Quang"), ("Tô Lâm", "Tô Lan"),
    # Chinese
    ("Zhou Wei", "Zhu Wei"), ("Chen Jun", "Cen Jun"), ("Cheng Hao", "Ceng Hao"), ("Hou Lei", "Hu Lei"),
    ("Gou Yi", "Gu Yi"),
    ("Chai Ming", "Cai Ming"), ("Chao Li", "Cao Li"), ("Lou Fang", "Lu Fang"), ("Dou Rui", "Du Rui"),
    ("Ma Zhaoxu", "Zhaoxu"),
    ("Ma Lin Wai", "Lin Wai"), ("You Bin", "Yu Bin"), ("Ko Wen Je", "Wen Je"), ("She Zhijiang", "She Zhijian"),
    ("Wan Kuok Koi", "Van Kuok Koi"), ("Li Gen", "Li"), ("Mei Ling", "Mey Ling"), ("李伟", "李玮"),
    # Filipino
    ("Cassandra Li Ong", "Cassandra Lee Ong"), ("Michael Yang", "Michael Vang"), ("Alice Guo", "Alice Go"),
    ("Ramon Cua", "Ramon Chua"), ("Hon Wai Ming", "Wai Ming"), ("Harry Roque", "Harry Roco"), ("Juan Co", "Juan Ko"),
    # Malay, and Chinese of Malaysia and Singapore
    ("Ong Beng Seng", "Beng Seng"), ("Lee Boon Keng", "Lee Bon Keng"), ("Lee Wei Ling", "Le Wei Ling"),
    ("Phua Kok Wei", "Pua Kok Wei"), ("Koo Ah Seng", "Ko Ah Seng"), ("Wong Teck", "Vong Teck"),
    ("Tan Teck", "Than Teck"),
    ("Ahmad Zahid", "Ahmad Zahir"), ("Mohd Azmin", "Mohd Azman"), ("Dato Aziz", "Datin Aziz"),
)  # fmt: skip
