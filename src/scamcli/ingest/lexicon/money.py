"""Words of money, and of losing it."""

from __future__ import annotations

from scamcli.ingest.lexicon import listed

CURRENCIES = {
    "$": None, "usd": None, "usdt": None, "dollars": None, "dollar": None, "€": "EUR", "euros": "EUR", "euro": "EUR",
    "£": "GBP", "pounds": "GBP", "¥": "CNY", "yuan": "CNY", "rmb": "CNY", "cny": "CNY", "renminbi": "CNY", "฿": "THB",
    "baht": "THB", "thb": "THB", "riel": "KHR", "riels": "KHR", "khr": "KHR", "ringgit": "MYR", "rupees": "INR",
    "₹": "INR", "rupee": "INR", "pesos": "PHP", "peso": "PHP", "₱": "PHP", "dong": "VND", "won": "KRW", "₩": "KRW",
    "kip": "LAK", "kyat": "MMK", "kyats": "MMK", "rupiah": "IDR", "naira": "NGN", "₦": "NGN", "shillings": "KES",
    "reais": "BRL", "soles": "PEN", "yen": "JPY", "dirhams": "AED", "taka": "BDT", "rand": "ZAR",
}  # fmt: skip
"""Signs and words of money, and the ISO 4217 code; ``None`` is the unit of losses itself, USD."""

AMBIGUOUS = listed("$ won pounds")
"""Those that after a plain number may be something else: "12 won their freedom"."""

DOLLARS = {"us": None, "singapore": "SGD", "taiwan": "TWD", "australian": "AUD", "canadian": "CAD", "kong": "HKD"}
"""Whose dollars."""

PREFIXED = {
    "NT": "TWD", "HK": "HKD", "S": "SGD", "A": "AUD", "C": "CAD", "RM": "MYR", "US": None, "USD": None, "Rs": "INR",
    "Rp": "IDR", "PHP": "PHP", "P": "PHP", "KSh": "KES", "Sh": "KES", "Dh": "AED", "THB": "THB",
}  # fmt: skip
"""What stands before a sign of money, or before its number."""

LOSING = listed(
    """
    lost lose loses losing loss losses parted drained stripped stolen stole steal defrauded defraud swindled cheated
    defrauding swindling cheating stealing duping robbing scammed bilked fleeced duped damages damage conned
    robbed siphoned victims
    """
)
"""Words of a sentence whose money is that of victims."""
