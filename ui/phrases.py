"""Words that carry their own languages: titles of a scheme, sentences made by the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ui.words import Say, Text
from venue_app.base import i18n
from venue_app.scheme.text import Text as SchemeText


class Phrase(Say):
    """A scheme's words wherever a `Text` of the window is asked for; follows the language like any other."""

    __slots__ = ()

    def __init__(self, words: SchemeText) -> None:
        super().__init__("", words=words)

    def __str__(self) -> str:
        words = self.params["words"]
        assert isinstance(words, SchemeText)
        return words.say(i18n.language())


def spoken(make: Callable[[str], str]) -> Phrase:
    """What `make` says in each language, made now: `spoken(lambda lang: sentence(node, lang))`."""
    return Phrase(SchemeText.of({lang: make(lang) for lang in i18n.LANGUAGES}))


class Joined(Say):
    """Several sentences in a row, each in the language in force."""

    __slots__ = ()

    def __init__(self, parts: Iterable[Text], between: str = "   ") -> None:
        super().__init__("", parts=tuple(parts), between=between)

    def __str__(self) -> str:
        parts = self.params["parts"]
        assert isinstance(parts, tuple)
        return str(self.params["between"]).join(str(part) for part in parts)
