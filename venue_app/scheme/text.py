"""Words of a scheme: the same thing said in up to three languages."""

from __future__ import annotations

from dataclasses import dataclass

from venue_app.base.i18n import DEFAULT, LANGUAGES

_NEAREST = {"zh-CN": ("zh-TW", "en"), "zh-TW": ("zh-CN", "en"), "en": ("zh-CN", "zh-TW")}


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase by language; a plain string in the file stands for every language."""

    by: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: str | dict[str, str]) -> Text:
        """From a plain string or a table of languages."""
        table = dict.fromkeys(LANGUAGES, words) if isinstance(words, str) else words
        return cls(tuple((lang, table[lang]) for lang in LANGUAGES if lang in table))

    def say(self, lang: str) -> str:
        """The phrase in `lang`, else in the nearest language that has it, else ''."""
        table = dict(self.by)
        for choice in (lang, *_NEAREST.get(lang, LANGUAGES)):
            if choice in table:
                return table[choice]
        return ""

    def __bool__(self) -> bool:
        return bool(self.by)

    def __str__(self) -> str:
        return self.say(DEFAULT)


EMPTY = Text(())
