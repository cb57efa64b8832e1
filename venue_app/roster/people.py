"""Who stands where: people entered twice, unknown words for "qualified", posts too small, and the moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from venue_app.roster.choices import limited, together
from venue_app.roster.desk import Desk, at, choice
from venue_app.roster.identity import masked
from venue_app.roster.plan import Inputs, Move, PersonPlan
from venue_app.roster.rows import EntryRow, RoomRow, label_key, name_key


@dataclass(slots=True)
class Standing:
    """People and posts while they are worked out; posts by `label_key`, names as first written."""

    rows: list[EntryRow]
    several: frozenset[str] = frozenset()
    more: dict[int, list[str]] = field(default_factory=dict)
    qualified: dict[int, bool | None] = field(default_factory=dict)
    entered: dict[int, str] = field(default_factory=dict)
    post: dict[int, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)
    undecided: set[int] = field(default_factory=set)
    _wished: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def people(self) -> tuple[PersonPlan, ...]:
        """Everybody in the order of the list."""
        return tuple(
            PersonPlan(
                row,
                self.qualified[i],
                self.names[self.entered[i]],
                self.names[self.post[i]],
                self._standing(i),
                tuple(self.names[key] for key in self.more[i]),
            )
            for i, row in enumerate(self.rows)
        )

    def _standing(self, i: int) -> str:
        if i in self.withdrawn:
            return "withdrawn"
        if self.qualified[i] is False:
            return "unqualified"
        return "open" if self.qualified[i] is None or i in self.undecided else "draws"

    def counts(self, key: str) -> tuple[int, int]:
        """(all, qualified) who entered for a post, as their first choice or a later one."""
        inside = [i for i, post in self.entered.items() if post == key or key in self.wished(i)]
        return len(inside), sum(1 for i in inside if self.qualified[i])

    def wished(self, i: int) -> tuple[str, ...]:
        """Further posts a person entered for, cancelled ones too."""
        return self._wished.get(i, ())

    def wish(self, i: int, keys: tuple[str, ...]) -> None:
        """Note the further posts a person entered for."""
        self._wished[i], self.more[i] = keys, list(keys)


def stand(inputs: Inputs, desk: Desk) -> Standing:
    """Works through the registration list: duplicates, qualification, posts, minimum, moves."""
    rows, several = together(inputs.entries.rows, inputs.most)
    standing = Standing([limited(row, inputs.most, desk) for row in _once(rows, desk)], several)
    for i, row in enumerate(standing.rows):
        standing.qualified[i] = _qualified(row, desk)
    rooms = inputs.rooms.rows if inputs.rooms else ()
    _posts(standing, rooms, desk)
    for key, name in standing.names.items():
        if _too_small(standing, key, name, inputs.minimum, desk):
            standing.cancelled.add(key)
    _step_up(standing)
    _move_people(standing, desk)
    return standing


def _once(rows: tuple[EntryRow, ...], desk: Desk) -> list[EntryRow]:
    """One row a person: of several with one identity number somebody must choose."""
    same_number: dict[str, list[EntryRow]] = {}
    for row in rows:
        same_number.setdefault(row.identity or f"\0{id(row)}", []).append(row)
    dropped: set[int] = set()
    for identity, same in same_number.items():
        if len(same) < 2:
            continue
        choices = [
            choice(str(number), "keep_row", cell=row.where.cell("identity"), name=row.name, post=row.post)
            for number, row in enumerate(same, start=1)
        ]
        found = at("identity_twice", same[1].where, "identity", same[1].identity)
        answer = desk.ask(
            f"twice:{identity}", "identity_twice", choices, found,
            identity=masked(identity), name=same[0].name, cells="、".join(r.where.cell("identity") for r in same),
        )  # fmt: skip
        kept = int(answer) if answer else 1
        dropped |= {id(row) for number, row in enumerate(same, start=1) if number != kept}
    return [row for row in rows if id(row) not in dropped]


def _qualified(row: EntryRow, desk: Desk) -> bool | None:
    if row.qualified is not None:
        return row.qualified
    found = at("qualified_unknown", row.where, "qualified", row.qualified_text)
    answer = desk.ask(
        f"qualified:{row.identity or row.where.row}",
        "qualified_unknown",
        [choice("yes", "qualified"), choice("no", "unqualified")],
        found,
        name=row.name,
        text=row.qualified_text,
        cell=row.where.cell("qualified"),
    )
    return None if answer is None else answer == "yes"


def _posts(standing: Standing, rooms: tuple[RoomRow, ...], desk: Desk) -> None:
    """All posts, those of the room list first; a post spelt otherwise than in the room list is asked about."""
    in_rooms = {label_key(row.post): row.post for row in rooms if row.post}
    entered = {
        label_key(post): post
        for row in reversed(standing.rows)
        for post in (*row.more[::-1], row.post)
        if post
    }
    empty = [key for key in in_rooms if key not in entered]
    renamed: dict[str, str] = {}
    for key in [key for key in entered if rooms and key not in in_rooms]:
        if not empty:
            break
        choices = [choice(f"same:{in_rooms[k]}", "same_post", post=in_rooms[k]) for k in empty]
        likely = [k for k in empty if _alike(k, key)]
        if not likely:
            continue
        first = next(row for row in standing.rows if key in map(label_key, (row.post, *row.more)))
        answer = desk.ask(
            f"spelling:{entered[key]}",
            "post_spelling",
            [*choices, choice("other", "other_post")],
            at("post_without_room", first.where, "post", first.post, post=first.post),
            post=entered[key],
            cell=first.where.cell("post"),
        )
        if answer and answer.startswith("same:"):
            renamed[key] = label_key(answer.removeprefix("same:"))
    for i, row in enumerate(standing.rows):
        key = label_key(row.post)
        standing.entered[i] = standing.post[i] = renamed.get(key, key)
        further = (label_key(post) for post in row.more)
        standing.wish(i, tuple(renamed.get(post, post) for post in further))
    present = {*standing.entered.values(), *(key for keys in standing.more.values() for key in keys)}
    standing.names = {key: name for key, name in in_rooms.items() if key in present}
    for key in empty:
        if key not in present:
            where = next(row.where for row in rooms if label_key(row.post) == key)
            desk.note(at("post_without_entries", where, "post", in_rooms[key], post=in_rooms[key]))
    for i, row in enumerate(standing.rows):
        standing.names.setdefault(standing.post[i], row.post)
    for i, row in enumerate(standing.rows):
        for post_key, post in zip(standing.more[i], row.more, strict=True):
            standing.names.setdefault(post_key, post)


def _alike(one: str, other: str) -> bool:
    """Spellings one slip apart, or one inside the other: 招商局副局长 and 招商局副局長, 县招商局副局长."""
    if one in other or other in one:
        return True
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= max(1, len(one) // 6)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) - len(shorter) == 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _too_small(standing: Standing, key: str, name: str, minimum: int, desk: Desk) -> bool:
    """Whether a post falls away. Rules count «entries»; when only the unqualified bring a post below the
    minimum the rule does not say, so nothing is proposed."""
    entered, fit = standing.counts(key)
    if not name or fit >= minimum:
        return False
    straddled = entered >= minimum
    code = "minimum_straddled" if straddled else "post_under_minimum"
    found = desk.note(at(code, post=name, entries=entered, qualified=fit, minimum=minimum))
    answer = desk.ask(
        f"post:{name}",
        code,
        [choice("cancel", "cancel_post", post=name), choice("keep", "keep_post", post=name)],
        found,
        proposed=None if straddled else "cancel",
        post=name,
        entries=entered,
        qualified=fit,
        minimum=minimum,
    )
    return answer == "cancel"


def _step_up(standing: Standing) -> None:
    """Whoever entered for several posts stays with those that are held; nobody asks where they go."""
    for i, keys in standing.more.items():
        held = [key for key in keys if key not in standing.cancelled]
        if held and standing.post[i] in standing.cancelled:
            standing.wish(i, (*standing.wished(i), standing.post[i]))  # it still counts where they entered
            standing.entered[i] = standing.post[i] = held.pop(0)
        standing.more[i] = held


def _move_people(standing: Standing, desk: Desk) -> None:
    kept = {key: name for key, name in standing.names.items() if key not in standing.cancelled and name}
    for i, row in enumerate(standing.rows):
        if standing.post[i] not in standing.cancelled or standing.qualified[i] is False:
            continue
        answer = _ask_move(row, standing, kept, desk)
        post = standing.names[standing.post[i]]
        to = None if answer is None else answer.removeprefix("to:") if answer.startswith("to:") else ""
        standing.moves.append(Move(row.identity, row.name, post, to))
        if to:
            standing.post[i] = label_key(to)
        elif to == "":
            standing.withdrawn.add(i)
        else:
            standing.undecided.add(i)


def _ask_move(row: EntryRow, standing: Standing, kept: Mapping[str, str], desk: Desk) -> str | None:
    target = _match(row.move_to, standing.names)
    code = ""
    if row.move_to is None:
        code = "move_without_target"
    elif target is None:
        code = "move_target_unknown"
    elif target not in kept:
        code = "move_target_cancelled"
    found = at(code or "post_under_minimum", row.where, "remarks", row.remarks,
               name=row.name, post=row.post, to=row.move_to or "", entries="", qualified="", minimum="")  # fmt: skip
    if code:
        desk.note(found)
    proposed = (
        f"to:{kept[target]}" if target in kept and target is not None and not row.move_several else None
    )
    return desk.ask(
        f"move:{row.identity or row.where.row}",
        "move",
        [
            *(choice(f"to:{name}", "move_to", post=name) for name in kept.values()),
            choice("withdraw", "withdraw"),
        ],
        found,
        proposed=proposed,
        name=row.name,
        post=row.post,
        remarks=row.remarks,
        cell=row.where.cell("remarks"),
    )


def _match(wanted: str | None, names: Mapping[str, str]) -> str | None:
    """The post a remark means: the same words, else the longest known post inside them, else the only
    post that contains them."""
    if wanted is None:
        return None
    key = label_key(wanted)
    if key in names:
        return key
    inside = sorted((name for name in names if name and name in key), key=len, reverse=True)
    if inside:
        return inside[0]
    around = [name for name in names if key in name]
    return around[0] if len(around) == 1 else None


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name."""
    return name_key(one) == name_key(other)
