"""What is posted: the notice of results, and of intended appointment."""

from __future__ import annotations

import re

from venue_app.base.errors import Known
from venue_app.reports import papers as p
from venue_app.reports.fill import outcome
from venue_app.reports.fill.common import Source


def notice(source: Source) -> p.Notice:
    """成绩公布单: the composite by number, without names, once everybody is finished."""
    left = sum(a.status in ("waiting", "floor") for a in source.state.appearances.values())
    if not source.state.appearances:
        raise Known("fill.draw_missing")
    if left:
        raise Known("fill.notice_too_early", count=left)
    whole = outcome.composite(source)
    return p.Notice(
        components=tuple(f"{c.title}\n({c.weight})" for c in whole.components),
        posts=tuple(
            p.NoticePost(
                title=post.title,
                places=post.places,
                lines=tuple(
                    p.NoticeLine(
                        number=line.number,
                        parts=tuple(part.weighted for part in line.parts),
                        composite=line.composite,
                        rank=line.rank,
                        remark=line.remark,
                    )
                    for line in post.lines
                ),
            )
            for post in whole.posts
        ),
        provisional=whole.provisional,
    )


def appointment(source: Source) -> p.Appointment:
    """任前公示: whoever passed the last round of a post that waits for nothing more."""
    found = []
    for post in sorted(source.results.posts.values(), key=lambda one: one.post):
        if post.waiting:
            continue
        for entry in post.passed:
            person = source.state.candidate_of(entry)
            found.append(
                p.Appointee(
                    name=person.name,
                    sex=person.sex,
                    born=_born(person.identity),
                    education=person.education,
                    present=person.unit,
                    intended=source.state.posts[post.post].title,
                )
            )
    if not found:
        raise Known("fill.nobody_to_appoint")
    return p.Appointment(people=tuple(found))


def _born(identity: str) -> str:
    """`1980.01` from an identity number of 18 characters (GB 11643: positions 7 to 12); else empty."""
    found = re.fullmatch(r"\d{6}(\d{4})(0[1-9]|1[0-2])\d{5}[\dX]", identity)
    return f"{found[1]}.{found[2]}" if found else ""
