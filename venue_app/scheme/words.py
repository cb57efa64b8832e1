"""Small phrases that explanations and workings share."""

from __future__ import annotations

from venue_app.base.i18n import catalogue, tr_in
from venue_app.scheme.conditions import Condition
from venue_app.scheme.judging import Rounding
from venue_app.scheme.model import Plan
from venue_app.scheme.numbers import Limit, number_text


def rounding_words(rounding: Rounding, lang: str) -> str:
    """`四舍五入保留2位小数`; '' for exact."""
    if rounding.mode == "exact":
        return ""
    mode = rounding.mode.replace("-", "_")
    key = f"rules.rounding.{mode}" if rounding.places else f"rules.rounding.{mode}_whole"
    return tr_in(lang, key, places=rounding.places)


def say(lang: str, key: str, **params: object) -> str:
    """A phrase of `scheme.explain`."""
    return tr_in(lang, f"scheme.explain.{key}", **params)


def join(lang: str, parts: list[str], mark: str = "comma") -> str:
    """Parts that are there, one after the other."""
    return say(lang, mark).join(part for part in parts if part)


def seconds_words(seconds: int, lang: str) -> str:
    """`8分钟`, `1分30秒`, `30 s`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return say(lang, "seconds", seconds=rest)
    return (
        say(lang, "minutes_seconds", minutes=minutes, seconds=rest)
        if rest
        else say(lang, "minutes", minutes=minutes)
    )


def title_of(plan: Plan, component: str, lang: str) -> str:
    """A component's title, or its id when there is none."""
    return next((c.title.say(lang) for c in plan.components if c.id == component), "") or component


def within_words(within: str, lang: str) -> str:
    """`同一职位`, `全场`, or the attribute's own name."""
    key = f"scheme.explain.within_{within}"
    return tr_in(lang, key) if key in catalogue(lang) else say(lang, "within_attribute", name=within)


def limit_words(plan: Plan, limit: Limit, lang: str) -> str:
    """A limit: the number, or the title of the component that is the limit."""
    return title_of(plan, limit, lang) if isinstance(limit, str) else number_text(limit)


def limits_words(plan: Plan, item: object, lang: str) -> str:
    """`不低于70`, `高于0.5`, for anything with at_least, above, at_most, below."""
    parts = []
    for key in ("at_least", "above", "at_most", "below"):
        limit = getattr(item, key)
        if limit is not None:
            parts.append(say(lang, key, limit=limit_words(plan, limit, lang)))
    return join(lang, parts, "and")


def condition_words(plan: Plan, conditions: tuple[Condition, ...], lang: str) -> str:
    """All conditions in one phrase; '' when there are none."""
    return join(lang, [_one(plan, condition, lang) for condition in conditions], "and")


def _one(plan: Plan, condition: Condition, lang: str) -> str:
    subject = title_of(plan, condition.of, lang) if condition.of else _attribute(condition.attribute, lang)
    tests = []
    if condition.present is not None:
        tests.append(say(lang, "present" if condition.present else "not_present"))
    if condition.equals is not None:
        tests.append(say(lang, "equals", value=condition.equals))
    if condition.any_of:
        tests.append(say(lang, "any_of", values=join(lang, list(condition.any_of), "list_comma")))
    tests.append(limits_words(plan, condition, lang))
    whole = say(lang, "condition", subject=subject, tests=join(lang, tests, "and"))
    return say(lang, "negate", condition=whole) if condition.negate else whole


def _attribute(name: str, lang: str) -> str:
    key = f"scheme.explain.attribute_{name}"
    return tr_in(lang, key) if key in catalogue(lang) else name
