"""The presets that come with the program, each in a title and a line. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ui.phrases import Phrase, spoken
from ui.words import Text
from venue_app.base.i18n import tr_in
from venue_app.scheme import Scheme, Sum, load_scheme, preset_ids, preset_text
from venue_app.scheme.numbers import number_text
from venue_app.scheme.words import join, seconds_words, title_of


@dataclass(frozen=True, slots=True)
class Preset:
    """A card: what the plan is, what its composite is made of, and its sizes."""

    id: str
    title: Text
    summary: Text
    sizes: Text


@cache
def presets() -> tuple[Preset, ...]:
    """All of them; the first call reads and examines them."""
    return tuple(_preset(preset_id) for preset_id in preset_ids())


def _preset(preset_id: str) -> Preset:
    scheme = load_scheme(preset_text(preset_id), preset_id)
    return Preset(
        preset_id,
        Phrase(scheme.title),
        Phrase(scheme.note) if scheme.note else spoken(lambda lang: _made_of(scheme, lang)),
        spoken(lambda lang: _sizes(scheme, lang)),
    )


def _made_of(scheme: Scheme, lang: str) -> str:
    """`综合成绩：演讲稿、演讲及测试、观众测评`."""
    whole = scheme.component(scheme.composite)
    parts = [term.of for term in whole.terms] if isinstance(whole, Sum) else list(whole.made_of())
    titles = join(lang, [title_of(scheme, part, lang) for part in parts], "list_comma")
    title = title_of(scheme, scheme.composite, lang)
    return tr_in(lang, "scheme_screen.card.made_of", title=title, parts=titles) if titles else title


def _sizes(scheme: Scheme, lang: str) -> str:
    """`评委组 7 席 · 计时 13分钟 · 进入组织考察 2:1`."""
    said = [
        tr_in(lang, "scheme_screen.card.group", title=group.title.say(lang), seats=group.seats)
        for group in scheme.groups
    ]
    total = sum(stage.limit_s for stage in scheme.stages)
    if total:
        said.append(tr_in(lang, "scheme_screen.card.time", time=seconds_words(total, lang)))
    said += [ballot.title.say(lang) for ballot in scheme.ballots]
    for rule in scheme.rounds:
        if rule.ratio is not None:
            said.append(f"{rule.title.say(lang)} {number_text(rule.ratio)}:1")
        elif rule.count is not None:
            said.append(tr_in(lang, "scheme_screen.card.count", title=rule.title.say(lang), count=rule.count))
    return " · ".join(said)
