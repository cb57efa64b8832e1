"""A round over one set of entries: who may be ranked, in what order, who goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.gates import Gatekeeper, failed
from venue_app.rules.intake import reduced
from venue_app.rules.number import Reason
from venue_app.rules.quota_need import Kind, plain_quotas
from venue_app.rules.quotas import choose
from venue_app.rules.standing import PostStanding, Standing
from venue_app.rules.taking import Taken, cut_at, limit_of, with_close
from venue_app.rules.ties import Tied, ordered, ranks
from venue_app.scheme.rounds import Round


@dataclass(slots=True)
class FieldOf:
    """One set of entries in a round, sorted out: who is out for certain, who is awaited, who competes."""

    where: str
    places: int
    out: dict[str, Reason] = field(default_factory=dict)
    waiting: dict[str, Reason] = field(default_factory=dict)
    order: list[Tied] = field(default_factory=list)
    rank: dict[str, int] = field(default_factory=dict)
    eligible: list[Tied] = field(default_factory=list)
    linked: bool = False
    too_few: Reason | None = None


def sort_out(
    context: Context,
    columns: Columns,
    rule: Round,
    keepers: tuple[Gatekeeper, ...],
    where: str,
    names: Iterable[str],
    places: int,
) -> FieldOf:
    """Who of `names` is ranked in the round, in what order, and who meets its gates."""
    found = FieldOf(where, places)
    column = columns[rule.by]
    present: list[str] = []
    position, all_barred = context.frame.position, context.facts.barred
    for name in names:
        index = position[name]
        barred = all_barred.get(name)
        if barred is not None and not barred.after:
            found.out[name] = Reason(barred.code, {"note": barred.note})
        elif column.values[index] is not None:
            present.append(name)
        elif column.why[index].code == "absent":
            found.out[name] = column.why[index]
        else:
            why = column.why[index]
            found.waiting[name] = Reason("not_yet", {**why.params, "missing": why.code})
    competitors = {"competitors": str(len(present) + len(found.waiting))}
    running = [*present, *found.waiting]
    doubtful = {name for keeper in keepers for name in keeper.doubtful(running, position)}
    for name in running if doubtful else ():
        if name not in doubtful:
            continue
        gone, open_ = failed(keepers, position[name], competitors)
        if gone is not None:
            found.out[name] = gone
            found.waiting.pop(name, None)
        elif open_ is not None and name not in found.waiting:
            found.waiting[name] = Reason("not_yet", {**open_.params, "missing": open_.code})
    found.order = ordered(context, columns, rule, present)
    found.rank = ranks(found.order, rule.rank_style)
    _entrants(rule, found, len(present))
    found.eligible = _without(found.order, {*found.out, *found.waiting})
    return found


def _without(order: list[Tied], gone: set[str]) -> list[Tied]:
    """An order without some entries."""
    if not gone:
        return order
    kept = ((tuple(n for n in tied.names if n not in gone), tied) for tied in order)
    return [
        tied if len(names) == len(tied.names) else Tied(names, tied.open) for names, tied in kept if names
    ]


def _entrants(rule: Round, found: FieldOf, count: int) -> None:
    """Whether enough compete; a post may lose places, or be closed."""
    need = rule.entrants
    if need is None or found.waiting or need.below == "keep":
        return
    ratio = need.ratio if need.ratio is not None else 0
    wanted = max(Fraction(need.minimum), Fraction(ratio) * found.places)
    if count >= wanted:
        return
    params = {"count": str(count), "minimum": str(-(-wanted.numerator // wanted.denominator))}
    if need.below == "reduce" and need.ratio is not None and count >= need.minimum:
        found.places = reduced(need.ratio, count, found.places)
        if found.places:
            return
    found.too_few = Reason("too_few_wait" if need.below == "wait" else "post_below_minimum", params)


def _values(context: Context, columns: Columns, rule: Round, order: list[Tied]) -> dict[str, Fraction]:
    column = columns[rule.by]
    return {
        n: value_at(column, context.frame.position[n]) or Fraction(0) for tied in order for n in tied.names
    }


def take(
    context: Context, columns: Columns, rule: Round, found: FieldOf, gone: Mapping[str, str]
) -> tuple[Taken, int | None]:
    """Who goes on among the eligible, without those `gone` (released elsewhere), and the limit."""
    limit = limit_of(rule, found.places, len(found.rank))
    order = _without(found.eligible, set(gone))
    if rule.replacement == "next":
        order = _replacing(context, rule, order, limit)
    decided = context.facts.decided.get((rule.id, found.where))
    if rule.take == "decided":
        return _decided(order, limit, decided), limit
    if rule.quotas:
        kinds = {n: _kind(context, columns, rule, n) for tied in order for n in tied.names}
        taken = choose(rule, order, limit, kinds)
    else:
        taken = cut_at(rule, order, limit)
        if rule.close is not None:
            taken = with_close(rule, order, taken, _values(context, columns, rule, order))
    if taken.undecided and decided is not None:
        most = limit if limit is None or rule.close is None else max(limit, rule.close.count)
        taken = _settled(taken, most, decided)
    return taken, limit


def _replacing(context: Context, rule: Round, order: list[Tied], limit: int | None) -> list[Tied]:
    """The order without those who withdrew, as far down as replacements may be called."""
    if rule.replace_at_most is not None and limit is not None:
        called = set(cut_at(rule, order, limit + rule.replace_at_most).inside)
        order = _without(order, {n for tied in order for n in tied.names if n not in called})
    return _without(order, {n for n, b in context.facts.barred.items() if b.after == rule.id})


def _kind(context: Context, columns: Columns, rule: Round, name: str) -> Kind:
    """What an entry is to the round's quotas."""
    index = context.frame.position[name]
    each = next((quota.each for quota in rule.quotas if quota.each), "")
    meets = tuple(context.holds(quota.when, index, columns) is True for quota in plain_quotas(rule))
    return Kind((context.attribute(name, each) or "") if each else "", meets)


def _decided(order: list[Tied], limit: int | None, decided: tuple[str, ...] | None) -> Taken:
    """A body names those who go on; names that may not be taken, and too many names, are reported."""
    names = [n for tied in order for n in tied.names]
    if decided is None:
        return Taken((), tuple(names), Reason("undecided"))
    inside = tuple(n for n in names if n in decided)
    return Taken(inside, warnings=_doubts(decided, names, len(inside), limit))


def _settled(taken: Taken, limit: int | None, decided: tuple[str, ...]) -> Taken:
    """A tie at the cut decided by name: only the tied may be chosen among."""
    inside = (*taken.inside, *(n for n in taken.undecided if n in decided))
    doubts = _doubts(decided, (*taken.inside, *taken.undecided), len(inside), limit)
    return Taken(inside, warnings=(*taken.warnings, *doubts))


def _doubts(
    decided: tuple[str, ...], free: Sequence[str], count: int, limit: int | None
) -> tuple[Reason, ...]:
    """What a body's decision does not keep to: names it was not free to choose, more than there are places for."""
    found = [Reason("decided_outside", {"entry": n}) for n in sorted(decided) if n not in free]
    if limit is not None and count > limit:
        found.append(Reason("decided_above", {"count": str(count), "limit": str(limit)}))
    return tuple(found)


def stand(
    context: Context, rule: Round, found: FieldOf, taken: Taken, limit: int | None, gone: Mapping[str, str]
) -> tuple[dict[str, Standing], PostStanding]:
    """The standings of a set once it is known who is taken."""
    standings: dict[str, Standing] = {}
    open_ = bool(found.waiting) or found.linked
    shown = "" if limit is None else str(limit)
    for name, reason in found.out.items():
        standings[name] = Standing(rank=found.rank.get(name), outcome=reason, provisional=open_)
    for name, reason in found.waiting.items():
        standings[name] = Standing(rank=found.rank.get(name), outcome=reason, provisional=True)
    passed: list[str] = []
    inside = set(taken.inside)
    code = "not_chosen" if rule.take == "decided" else "not_in_ratio"
    for name in (n for tied in found.eligible for n in tied.names):
        special = _special(context, rule, found, taken, name, shown, gone)
        if special is not None:
            standings[name] = Standing(rank=found.rank[name], outcome=special, provisional=open_)
        elif name in inside:
            standings[name] = _passed(found.rank[name], shown, rule.id)
            passed.append(name)
        else:
            standings[name] = _left(code, found.rank[name], shown)
    whole = PostStanding(
        post=found.where,
        outcome=_whole(rule, found, taken, passed, open_),
        passed=tuple(passed),
        waiting=tuple(found.waiting),
        limit=limit,
        places=found.places,
        warnings=() if open_ else taken.warnings,
    )
    return standings, whole


def _special(
    context: Context,
    rule: Round,
    found: FieldOf,
    taken: Taken,
    name: str,
    shown: str,
    gone: Mapping[str, str],
) -> Reason | None:
    """Why an eligible entry is neither simply in nor simply out."""
    if found.waiting or found.linked:
        missing = "linked" if found.linked else "others"
        return Reason("not_yet", {"missing": missing, "count": str(len(found.waiting))})
    if found.too_few is not None:
        return found.too_few
    barred = context.facts.barred.get(name)
    if barred is not None and barred.after == rule.id:
        return Reason(barred.code, {"note": barred.note})
    if name in gone:
        return Reason("released", {"post": gone[name]})
    if name in taken.undecided:
        assert taken.reason is not None
        rank = {"rank": str(found.rank[name]), "limit": shown}
        return Reason(taken.reason.code, {**rank, **taken.reason.params})
    return None


@lru_cache(maxsize=4096)
def _passed(rank: int, limit: str, round_id: str) -> Standing:
    reason = Reason("passed", {"rank": str(rank), "limit": limit, "round": round_id})
    return Standing(rank=rank, outcome=reason, passed=True)


@lru_cache(maxsize=4096)
def _left(code: str, rank: int, limit: str) -> Standing:
    return Standing(rank=rank, outcome=Reason(code, {"rank": str(rank), "limit": limit}))


def _whole(rule: Round, found: FieldOf, taken: Taken, passed: list[str], open_: bool) -> Reason:
    """The outcome of the set as a whole."""
    if open_:
        missing = "linked" if found.linked and not found.waiting else "entries"
        return Reason("not_yet", {"missing": missing, "count": str(len(found.waiting))})
    if found.too_few is not None:
        return found.too_few
    if taken.undecided:
        assert taken.reason is not None
        return Reason(taken.reason.code, {**taken.reason.params, "count": str(len(taken.undecided))})
    code = "passed" if passed else "nobody_passed"
    return Reason(code, {"count": str(len(passed)), "round": rule.id})
