# ruff: noqa: E501 - a table
"""Ways in which texts, addresses, handles and names of files write one invented name: Quorble Zyxwva, 欧阳测试."""

from __future__ import annotations

from urllib.parse import quote


def percent(text: str) -> str:
    """Every byte with a percent sign, letters too."""
    return "".join(f"%{byte:02X}" for byte in text.encode())


def entities(text: str, base: str = "d") -> str:
    """Every character as a numeric HTML entity."""
    return "".join(f"&#{'x' * (base == 'x')}{ord(char):{base}};" for char in text)


WAYS = [
    # as a text writes it
    "Quorble Zyxwva", "QUORBLE ZYXWVA", "quorble  zyxwva", "Quorble\nZyxwva", "Quorble\u00a0Zyxwva", "Quôrblé Zýxwva",
    "Quo\u0302rble Zyxwva", "Quor\u200bble Zyx\u00adwva", "Ｑｕｏｒｂｌｅ Ｚｙｘｗｖａ", "𝐐𝐮𝐨𝐫𝐛𝐥𝐞 𝐙𝐲𝐱𝐰𝐯𝐚", "Quorble-Zyxwva",
    "Q u o r b l e Z y x w v a", "Q u o r b l e  Z y x w v a", "\u202eavwxyZ elbrouQ\u202c", "Qᴜᴏʀʙʟᴇ Zʏxᴡᴠᴀ", "Quor-\n\nble Zyxwva",
    "Quorble Zyx\u00ad\r\n> wva", "Quor-\u2028ble Zyxwva", "Quor- ble Zyxwva", "Quorble Zyx¬\nwva",
    # in another order, with initials, with a middle name
    "Zyxwva Quorble", "Zyxwva, Quorble", "ZYXWVA, Quorble", "Q. Zyxwva", "Q Zyxwva", "Zyxwva, Q", "Quorble Z", "Quorble M. Zyxwva",
    "Quorble Maria Zyxwva", "Qu. Zyxwva",
    # as one word, and with other separators
    "quorblezyxwva", "QuorbleZyxwva", "ZyxwvaQuorble", "quorble_zyxwva", "quorble.zyxwva", "zyxwva-quorble", "quorble+zyxwva",
    "q_zyxwva", "zyxwva.q", "quorblemzyxwva", "quorblemariazyxwva",
    # encoded
    "Quorble%20Zyxwva", "quorble%2Bzyxwva", "quorble%2520zyxwva", percent("Quorble Zyxwva"), percent("Zyxwva, Quorble"),
    "Quorble&nbsp;Zyxwva", "Quorble&#32;Zyxwva", entities("Quorble Zyxwva"), entities("Zyxwva Quorble", "x"), "Qu&ocirc;rble Zyxwva",
    "&amp;#81;uorble Zyxwva", "\\u0051uorble\\u0020Zyxwva", "%u0051uorble%20Zyxwva", "\\x51uorble Zyxwva", "Quorble\\nZyxwva",
    # in other scripts
    "欧阳测试", "欧阳 测试", "欧阳\u200b测试", quote("欧阳测试"), quote("欧阳测试").lower(), quote(quote("欧阳测试")), entities("欧阳测试"),
    entities("欧阳测试", "x"), "\\u6b27\\u9633\\u6d4b\\u8bd5", "xn--" + "欧阳测试".encode("punycode").decode(),
    "ដារា វាសនា", "ដារាវាសនា", quote("ដារា វាសនា"), quote("ដារាវាសនា"), "វាសនា ដារា",
]  # fmt: skip
"""Each is found as a whole, and the whole is replaced."""
