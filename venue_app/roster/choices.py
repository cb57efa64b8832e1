"""People who stand for several posts: by columns of choices, or by a line for each post."""

from __future__ import annotations

from dataclasses import replace

from venue_app.roster.desk import Desk, at
from venue_app.roster.rows import EntryRow, label_key, name_key


def together(rows: tuple[EntryRow, ...], most: int) -> tuple[tuple[EntryRow, ...], frozenset[str]]:
    """Lines of one person for different posts as one line, the first the post wanted most; and whose these are."""
    lines: dict[str, list[EntryRow]] = {}
    for row in rows:
        lines.setdefault(row.identity, []).append(row)
    several: dict[str, EntryRow] = {}
    for identity, same in lines.items():
        posts = [post for row in same for post in (row.post, *row.more)]
        alike = all(
            name_key(row.name) == name_key(same[0].name) and row.qualified == same[0].qualified
            for row in same
        )
        distinct = len({label_key(post) for post in posts}) == len(posts)
        if identity and len(same) > 1 and len(posts) <= most and alike and distinct and all(posts):
            several[identity] = replace(same[0], more=tuple(posts[1:]))
    first = {id(lines[identity][0]): row for identity, row in several.items()}
    kept = (first.get(id(row), row) for row in rows if id(row) in first or row.identity not in several)
    return tuple(kept), frozenset(several)


def limited(row: EntryRow, most: int, desk: Desk) -> EntryRow:
    """A person's choices as far as the plan takes them, each post once."""
    own = {label_key(row.post): row.post}
    for post in row.more:
        own.setdefault(label_key(post), post)
    chosen = tuple(own.values())[1:]
    if len(own) > most:
        key = "second" if most == 1 else "third"
        desk.note(at("choices_above", row.where, key, row.more[-1],
                     name=row.name, most=most, posts="、".join(chosen[most - 1 :])))  # fmt: skip
    return replace(row, more=chosen[: most - 1])
