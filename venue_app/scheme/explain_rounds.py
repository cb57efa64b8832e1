"""Intake and rounds in plain words."""

from __future__ import annotations

from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import number_text
from venue_app.scheme.rounds import Gate, Round, Tie
from venue_app.scheme.words import condition_words, join, limits_words, say, title_of, within_words

Said = tuple[str, tuple[str, ...]]


def intake_lines(scheme: Scheme, lang: str) -> list[Said]:
    """What a post needs before it is competed for."""
    rule = scheme.intake
    lines: list[Said] = []
    below = say(lang, f"below_{rule.below}")
    if rule.minimum_entries:
        lines.append((say(lang, f"intake_{rule.counts}", minimum=rule.minimum_entries, below=below), ()))
    if rule.minimum_ratio is not None:
        lines.append(
            (say(lang, f"intake_ratio_{rule.counts}", ratio=number_text(rule.minimum_ratio), below=below), ())
        )
    if rule.move:
        lines.append((say(lang, "intake_move"), ()))
    if rule.most_posts is not None:
        lines.append((say(lang, "most_posts", count=rule.most_posts), ()))
    return lines


def round_lines(scheme: Scheme, index: int, lang: str) -> list[Said]:
    """One round: who, by what, how many, what about ties."""
    rule = scheme.rounds[index]
    key = f"rounds[{index + 1}]"
    order = say(lang, f"order_{rule.order}")
    head = say(
        lang, "round", title=rule.title.say(lang), by=title_of(scheme, rule.by, lang),
        within=within_words(rule.within, lang), order=order,
    )  # fmt: skip
    lines: list[Said] = [(head, ())]
    if rule.field == "all" or (rule.field and index):
        who = say(lang, "field_all") if rule.field == "all" else scheme.round(rule.field).title.say(lang)
        lines.append((say(lang, "field", who=who), ()))
    lines += [(_gate(scheme, gate, lang), ()) for gate in rule.gates]
    lines += _entrants(rule, lang)
    lines += _how_many(rule, lang)
    if rule.ties:
        chain = join(lang, [_tie(scheme, rule, tie, lang) for tie in rule.ties], "then")
        lines.append((say(lang, "ties", chain=chain), ()))
    if rule.ratio is not None or rule.count is not None or rule.share is not None or rule.by_places:
        lines.append((say(lang, f"cut_{rule.ties_at_cut}"), (f"{key}.ties_at_cut",)))
        lines.append((say(lang, f"replacement_{rule.replacement}"), (f"{key}.replacement",)))
        if rule.replace_at_most is not None:
            lines.append((say(lang, "replace_at_most", count=rule.replace_at_most), ()))
    lines.append((say(lang, f"style_{rule.rank_style}"), (f"{key}.rank_style",)))
    for quota in rule.quotas:
        what = quota.title.say(lang) or condition_words(scheme, quota.when, lang)
        if quota.each:
            what = quota.title.say(lang) or within_words(quota.each, lang)
        parts = [
            say(lang, f"count_{k}", limit=n)
            for k in ("at_least", "at_most")
            if (n := getattr(quota, k)) is not None
        ]
        lines.append((say(lang, "quota", what=what, how=join(lang, parts)), ()))
    if rule.one_post:
        lines.append((say(lang, "one_post"), ()))
    return lines


def _gate(scheme: Scheme, gate: Gate, lang: str) -> str:
    limits = limits_words(scheme, gate, lang)
    scaled = "" if gate.out_of is None else say(lang, "out_of", full=number_text(gate.out_of))
    whole = say(lang, "gate", of=title_of(scheme, gate.of, lang), scaled=scaled, limits=limits)
    return (
        say(lang, "gate_when", when=condition_words(scheme, gate.when, lang), gate=whole)
        if gate.when
        else whole
    )


def _entrants(rule: Round, lang: str) -> list[Said]:
    need = rule.entrants
    if need is None:
        return []
    below = say(lang, f"below_{need.below}")
    lines: list[Said] = []
    if need.minimum:
        lines.append((say(lang, "entrants", minimum=need.minimum, below=below), ()))
    if need.ratio is not None:
        lines.append((say(lang, "entrants_ratio", ratio=number_text(need.ratio), below=below), ()))
    return lines


def _how_many(rule: Round, lang: str) -> list[Said]:
    body = say(lang, "decided") if rule.take == "decided" else ""
    if rule.ratio is not None:
        cut = say(lang, f"ratio_{rule.ratio_rounding.replace('-', '_')}") if rule.ratio % 1 else ""
        how = join(lang, [say(lang, "ratio", ratio=number_text(rule.ratio)), cut])
    elif rule.count is not None:
        how = say(lang, "count", count=rule.count)
    elif rule.share is not None:
        cut = say(lang, f"ratio_{rule.ratio_rounding.replace('-', '_')}")
        how = join(lang, [say(lang, "share", share=number_text(rule.share)), cut])
    else:
        how = "" if rule.by_places else say(lang, "everybody")
    rows = []
    for row in rule.by_places:
        places = str(row.places) if row.places_to is None else f"{row.places}–{row.places_to}"
        many = (
            say(lang, "count", count=row.count)
            if row.ratio is None
            else say(lang, "ratio", ratio=number_text(row.ratio))
        )
        rows.append(say(lang, "for_places", places=places, how=many))
    lines: list[Said] = [(join(lang, [body, how, *rows]), ())]
    if rule.close is not None:
        parts = []
        if rule.close.leader_below is not None:
            parts.append(say(lang, "close_leader", limit=number_text(rule.close.leader_below)))
        if rule.close.margin is not None:
            parts.append(say(lang, "close_margin", margin=number_text(rule.close.margin)))
        parts.append(say(lang, "close_count", count=rule.close.count))
        lines.append((join(lang, parts), ()))
    return lines


def _tie(scheme: Scheme, rule: Round, tie: Tie, lang: str) -> str:
    if tie.lot:
        return say(lang, "tie_lot")
    if tie.attribute:
        if tie.prefer:
            return say(
                lang, "tie_prefer", attribute=tie.attribute, order=join(lang, list(tie.prefer), "list_comma")
            )
        return say(lang, f"tie_attribute_{tie.direction}", attribute=tie.attribute)
    of = title_of(scheme, tie.by or rule.by, lang)
    if tie.exact:
        return say(lang, "tie_exact", of=of)
    if tie.places is not None:
        return say(lang, "tie_places", of=of, places=tie.places)
    return say(lang, f"tie_{tie.direction}", of=of)
