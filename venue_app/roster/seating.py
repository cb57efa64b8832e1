"""Rooms and panels against the posts: rooms missing, seats missing, chiefs, and people of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.roster.desk import Desk, at, choice
from venue_app.roster.people import Standing
from venue_app.roster.plan import Inputs, RoomPlan
from venue_app.roster.rows import JudgeRow, label_key, name_key
from venue_app.roster.words import room_key


def room_of_posts(standing: Standing, inputs: Inputs, desk: Desk) -> dict[str, str]:
    """Room by post key for every post that is held; asks where the list has none."""
    if inputs.rooms is None:
        return {}
    listed: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in inputs.rooms.rows:
        listed.setdefault(label_key(row.post), names.setdefault(room_key(row.room), row.room))
    found: dict[str, str] = {}
    for key, post in standing.names.items():
        if key in standing.cancelled or not post:
            continue
        if key in listed:
            found[key] = listed[key]
            continue
        first = next(
            row for i, row in enumerate(standing.rows) if key in (standing.post[i], *standing.more[i])
        )
        problem = desk.note(at("post_without_room", first.where, "post", first.post, post=post))
        rooms = [choice(room, "room", room=room) for room in names.values() if room]
        answer = desk.ask(f"room:{post}", "post_without_room", rooms, problem, post=post)
        if answer:
            found[key] = answer
    return found


def seat_rooms(
    standing: Standing, of_post: Mapping[str, str], inputs: Inputs, desk: Desk
) -> tuple[RoomPlan, ...]:
    """Each room with its posts and judges, everything about the panels noted."""
    order = [row.room for row in inputs.rooms.rows] if inputs.rooms else []
    rooms = list(dict.fromkeys(room for room in order if room in of_post.values()))
    by_room: dict[str, list[JudgeRow]] = {}
    for judge in inputs.panel.rows if inputs.panel else ():
        by_room.setdefault(room_key(judge.room), []).append(judge)
    if inputs.rooms is None:
        rooms = list(dict.fromkeys(judges[0].room for judges in by_room.values()))
    plans = []
    for room in rooms:
        judges = by_room.pop(room_key(room), [])
        posts = tuple(standing.names[key] for key, where in of_post.items() if where == room)
        plans.append(RoomPlan(room, posts, tuple(sorted(judges, key=lambda judge: judge.seat or 0))))
        if inputs.panel is not None:
            _check_panel(room, judges, inputs.seats, desk)
    for judges in by_room.values():
        desk.note(at("panel_without_room", judges[0].where, "room", judges[0].room, room=judges[0].room))
    _check_sizes(plans, desk)
    _check_across(plans, desk)
    _check_candidates(plans, standing, desk)
    return tuple(plans)


def _check_panel(room: str, judges: Sequence[JudgeRow], seats: int | None, desk: Desk) -> None:
    if not judges:
        desk.note(at("room_without_panel", room=room))
        return
    taken = {judge.seat for judge in judges if judge.seat is not None}
    expected = range(1, (seats or max(taken, default=0)) + 1)
    missing = [str(seat) for seat in expected if seat not in taken]
    if missing:
        code = "seat_missing" if seats else "seat_gap"
        desk.note(at(code, judges[0].where, "seat", room=room, seats="、".join(missing[:40])))
    chiefs = [judge for judge in judges if judge.chief]
    if len(chiefs) > 1:
        desk.note(
            at("chief_twice", chiefs[1].where, "role", chiefs[1].role,
               room=room, names="、".join(judge.name for judge in chiefs))
        )  # fmt: skip
    elif not chiefs:
        desk.note(at("chief_missing", judges[0].where, "role", room=room))
    first: dict[str, JudgeRow] = {}
    for judge in judges:
        known = first.setdefault(label_key(judge.unit), judge)
        if judge.unit and known is not judge:
            desk.note(
                at("judges_share_unit", judge.where, "unit", judge.unit,
                   room=room, name=judge.name, other=known.name, unit=judge.unit)
            )  # fmt: skip


def _check_sizes(plans: Sequence[RoomPlan], desk: Desk) -> None:
    sizes = {plan.name: len(plan.judges) for plan in plans if plan.judges}
    if len(set(sizes.values())) > 1:
        desk.note(at("panel_sizes_differ", sizes="、".join(f"{room} {size}" for room, size in sizes.items())))


def _check_across(plans: Sequence[RoomPlan], desk: Desk) -> None:
    first: dict[tuple[str, str], tuple[str, JudgeRow]] = {}
    for plan in plans:
        for judge in plan.judges:
            key = (name_key(judge.name), label_key(judge.unit))
            room, _ = first.setdefault(key, (plan.name, judge))
            if judge.name and room != plan.name:
                desk.note(
                    at("judge_in_two_rooms", judge.where, "name", judge.name,
                       name=judge.name, room=plan.name, other=room)
                )  # fmt: skip


def _check_candidates(plans: Sequence[RoomPlan], standing: Standing, desk: Desk) -> None:
    """Recusal begins here: a judge who is of the candidate's own unit, or bears the name of a candidate."""
    drawing = [person for person in standing.people() if person.standing == "draws"]
    names = {name_key(person.row.name): person for person in drawing}
    for plan in plans:
        inside = [p for p in drawing if p.post in plan.posts or set(p.more) & set(plan.posts)]
        for judge in plan.judges:
            same = names.get(name_key(judge.name)) if judge.name else None
            if same is not None:
                desk.note(
                    at("judge_is_candidate", judge.where, "name", judge.name,
                       name=judge.name, post=same.post, room=plan.name)
                )  # fmt: skip
            for person in inside:
                if _same_unit(judge.unit, person.row.unit):
                    desk.note(
                        at("judge_shares_unit", judge.where, "unit", judge.unit, room=plan.name, seat=judge.seat or "",
                           name=judge.name, candidate=person.row.name, unit=judge.unit)
                    )  # fmt: skip


def _same_unit(judge: str, candidate: str) -> bool:
    """The candidate's column often holds unit and post together: 柳河镇人民政府党政办主任."""
    unit = label_key(judge)
    return len(unit) >= 2 and label_key(candidate).startswith(unit)
