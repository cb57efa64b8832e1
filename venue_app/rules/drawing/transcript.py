"""A transcript against its list: everything is recomputed, and what does not fit is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import ValidationError, convert, to_builtins

from venue_app.base.errors import Known
from venue_app.rules.draw import public_text
from venue_app.rules.drawing.changes import Change, standing
from venue_app.rules.drawing.listing import plan_digest
from venue_app.rules.drawing.outcome import METHOD, hold
from venue_app.rules.drawing.plan import Plan
from venue_app.rules.drawing.seed import Contribution, fits, join_seed

Part = TypeVar("Part", Contribution, Change)


def transcript(
    plan: Plan, event: str, public: str, parts: tuple[Contribution, ...], changes: tuple[Change, ...] = ()
) -> dict[str, object]:
    """The transcript of a draw held now: what is printed, published and recomputed. `public` as `public_text` gives it."""
    digest = plan_digest(plan)
    seed = join_seed(event, digest, public, parts)
    outcome = hold(plan, seed)
    said: dict[str, object] = {
        "method": METHOD,
        "purpose": plan.purpose,
        "event": event,
        "list_digest": digest,
        "public": public,
        "contributions": to_builtins(sorted(parts, key=lambda part: part.party)),
        "seed": seed,
        "result": {place: list(names) for place, names in outcome.places.items()},
        "reserve": list(outcome.reserve),
    }
    if changes:
        said["changes"] = to_builtins(list(changes))
        now = standing(plan, outcome, changes)
        lots = {place: list(names) for place, names in now.places.items()}
        said["standing"] = {"result": lots, "reserve": list(now.reserve)}
    return said


def recompute(plan: Plan, said: Mapping[str, Any]) -> dict[str, object]:
    """What the transcript should say. `wrong` names every field that does not fit, in alphabetical order.

    `result`, `reserve` and `standing` may be missing, to have them computed. Raises `Known` when a field that the
    computation needs is missing or of the wrong kind.
    """
    event, public = text_field(said, "event"), text_field(said, "public")
    parts = _several(said, "contributions", Contribution)
    changes = _several(said, "changes", Change) if "changes" in said else ()
    wrong = {"contributions"} if not all(fits(part) for part in parts) else set()
    if _public(public) != public:
        wrong.add("public")
    found: dict[str, object] = {"list_digest": plan_digest(plan)}
    if not wrong:
        found = transcript(plan, event, public, parts, changes)
    for key in ("method", "purpose", "list_digest", "seed"):
        text_field(said, key)
    computed = ("result", "reserve", "standing")
    for key, value in found.items():
        if said.get(key, value if key in computed else None) != value:
            wrong.add(key)
    if not wrong and "standing" in said and "standing" not in found:  # a standing that no change accounts for
        wrong.add("standing")
    shown = ("list_digest", "seed", *computed)
    return {key: found[key] for key in shown if key in found} | {"wrong": sorted(wrong)}


def _public(typed: str) -> str:
    try:
        return public_text(typed)
    except Known:
        return ""


def text_field(said: Mapping[str, Any], key: str) -> str:
    """A field that must be a text. Raises `Known` draw.transcript_field."""
    value = said.get(key)
    if not isinstance(value, str):
        raise Known("draw.transcript_field", field=key)
    return value


def _several(said: Mapping[str, Any], key: str, kind: type[Part]) -> tuple[Part, ...]:
    try:
        return tuple(convert(said.get(key), list[kind]))  # type: ignore[valid-type]
    except ValidationError as error:
        raise Known("draw.transcript_list", field=key, reason=str(error)) from error
