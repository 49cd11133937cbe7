"""What stands on a page beside its article."""

from __future__ import annotations

ENDS = (
    "you may also like", "you might also like", "related", "most viewed", "most read", "most popular", "latest news",
    "latest stories", "popular", "recommended", "more from", "more stories", "more on", "trending", "editor's picks",
    "editors' picks", "share this", "share on", "follow us", "subscribe", "sign up", "newsletter", "advertisement",
    "sponsored", "tags", "tag", "topics", "filed under", "categories", "comments", "leave a comment", "leave a reply",
    "copyright", "all rights reserved", "about us", "about the author", "contact us", "contact", "terms of",
    "privacy policy", "support us", "support our", "donate", "home", "menu", "footer", "references", "footnotes",
    "previous post", "next post", "back to top", "read next", "up next", "in other news", "in this section",
)  # fmt: skip
"""How a short line begins after which nothing of the article follows, up to the next entry."""

COUNTED = frozenset({"views", "view", "shares", "share", "comments", "comment", "reads", "likes", "replies"})
"""What a page counts of itself: "1,010 views"."""

SKIPPED = (
    "photo:", "(photo", "photo by", "photograph:", "image:", "image credit", "picture:", "file photo", "caption:",
    "read more:", "read also:", "also read:", "see also:", "watch:", "listen:", "video:", "credit:", "updated:",
    "published:", "posted:", "last updated", "published on", "posted on", "updated on", "by ", "reporting by",
    "editing by", "additional reporting", "translated by", "edited by", "a photo posted", "a photo taken",
    "(reporting", "((", "[photo", "— additional",
)  # fmt: skip
"""How a line begins that stands in an article and is none of its text."""

BYLINE = ("published", "posted", "updated", "last updated", "date:", "release", "by ", "issued", "dated")
"""How a line begins whose date is that of the publication."""
