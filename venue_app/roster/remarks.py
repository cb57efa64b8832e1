"""What people write about another post: 「若职位取消,同意改报旅游局副局长」."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_VERB = r"(?:改报|改報|改考|转报|轉報|转考|改为报考|改為報考|另报|调剂|調劑|调配|調配|转到|轉到|改到|递补)"
_REFUSES = re.compile(
    rf"(?:不|拒绝|拒絕|无意|無意)(?:同意|愿意?|願意?|服从|服從|接受|参加|參加)?(?:组织|統一)?{_VERB}"
)
_TARGET = re.compile(
    rf"{_VERB}(?:到|至|为|為|往|在|去|入)?(?:报考|報考)?[\s:「『《“\"'‘(]*"
    r"(?P<target>[^\s,。.;、!」』》”\"'’]{2,40})"
)
_SPLIT = re.compile(r"或者|或|/|\|")
_TAIL = re.compile(r"(?:一职|一職|职位|職位|岗位|崗位)+$")
_EMPTY = re.compile(
    r"^(?:其他|其它|其餘|其余|任何|任意|别的|別的|同类|同類|均可|都可).*|^(?:职位|職位|岗位|崗位)$"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a person would go if the post falls away. `several`: more than one post was named."""

    move_to: str | None
    several: bool = False
    refuses: bool = False


NO_WISH = Wish(None)


def wish(remarks: str) -> Wish:
    """Reads the remark; a willingness without a post named leaves `move_to` None."""
    remarks = unicodedata.normalize("NFKC", remarks)  # full-width punctuation
    if _REFUSES.search(remarks):
        return Wish(None, refuses=True)
    found = _TARGET.search(remarks)
    if found is None:
        return NO_WISH
    parts = [part for part in _SPLIT.split(found["target"]) if part]
    # 「同意改报甲、乙」: the delimiter ended the first, a second one follows at once.
    follows = remarks[found.end() : found.end() + 1] == "、"
    target = _tail_free(parts[0]) if parts else ""
    if not target or _EMPTY.match(target):
        return NO_WISH
    return Wish(target, several=follows or len(parts) > 1)


def _tail_free(text: str) -> str:
    # A bracket that was opened before the verb closes here; one of the post's own name stays.
    bare = text.rstrip(")") if "(" not in text else text
    return _TAIL.sub("", bare) or bare
