"""The end of the day: the sums that must come out, the notary's record, what goes into which bag."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.reports import models as m
from venue_app.reports import papers as p
from venue_app.reports.fill.common import Source
from venue_app.reports.text import grouped
from venue_app.state import ReportMark
from venue_app.state.appearing import anybody
from venue_app.state.balance import Balance, balances
from venue_app.state.issued import newest_of

_ROOM_FORMS = ("room-summary", "room-log", "score-sheets")


def closing(source: Source) -> p.Closing:
    """封存确认单."""
    state = source.state
    draws = anybody(state.scheme)
    if draws and not state.appearances:
        raise Known("fill.draw_missing")
    return p.Closing(
        opened=source.minute(state.opened_at),
        closed=source.minute(state.closed_at),
        sums=tuple(_sum(source, one) for one in balances(state) if draws or one.about != "lots"),
        reopened=tuple(_reopenings(source)),
    )


def _sum(source: Source, one: Balance) -> p.Sum:
    titles = {
        "entries": source.say("sum_entries"),
        "lots": source.say("sum_lots"),
        "room": source.say("sum_room", room=source.room_title(one.of) if one.about == "room" else ""),
        "sheets": source.say("sum_sheets", group=_group(source, one)),
        "results": source.say("sum_results"),
    }
    numbers = {
        "entries": lambda: source.say("sum_entries_of", **one.numbers),
        "lots": lambda: source.say("sum_lots_of", **one.numbers),
        "room": lambda: source.say("sum_room_of", **one.numbers),
        "sheets": lambda: source.say("sum_sheets_of", **one.numbers),
        "results": lambda: source.say(
            "sum_results_few" if one.numbers["few"] else "sum_results_of", **one.numbers
        ),
    }
    return p.Sum(title=titles[one.about], numbers=numbers[one.about](), off=one.off)


def _group(source: Source, one: Balance) -> str:
    return source.scheme.group(one.of).title.say(source.lang) if one.about == "sheets" else ""


def _reopenings(source: Source) -> Iterator[p.Course]:
    comma = tr_in(source.lang, "reports.log.comma")
    for one in source.state.reopened:
        people = comma.join(person.name for person in one.people)
        yield p.Course(
            time=source.minute(one.at),
            what=source.say("course_reopened", reason=one.reason, people=people),
        )


def site_record(source: Source) -> p.SiteRecord:
    """现场监督记录."""
    state = source.state
    if state.opened_at is None:
        raise Known("fill.not_open_yet")
    key = state.speaking.get("ed25519", "")
    return p.SiteRecord(
        opened=source.minute(state.opened_at),
        closed=source.minute(state.closed_at),
        scheme=state.scheme.title.say(source.lang),
        people=tuple(m.Attendant(role=one.role, name=one.name) for one in state.people),
        digests=(
            (source.say("site_scheme"), state.opened_scheme),
            (source.say("site_roster"), state.opened_roster),
        ),
        equipment=(
            (source.say("site_laptop"), source.say("site_key", key=grouped(key[:32]))),
            (source.say("site_stations"), source.say("site_joined", count=len(state.stations))),
        ),
        course=tuple(_course(source)),
        result=tuple(_result(source)),
    )


def _course(source: Source) -> Iterator[p.Course]:
    state = source.state
    yield p.Course(time=source.minute(state.opened_at), what=source.say("course_opened"))
    if state.draw is not None and state.draw.held_at is not None:
        held = source.minute(state.draw.held_at)
        yield p.Course(time=held, what=source.say("course_drawn", count=len(state.lots)))
    noted = Counter(incident.room for incident in state.incidents)
    for room in sorted(state.rooms):
        called = [a.called_at for a in state.queue(room) if a.called_at is not None]
        if called:
            first = source.say("course_first", room=source.room_title(room))
            yield p.Course(time=source.minute(min(called)), what=first)
        if noted[room]:
            said = source.say("course_incidents", room=source.room_title(room), count=noted[room])
            yield p.Course(time="", what=said)
    yield from _reopenings(source)
    if state.closed_at is not None:
        yield p.Course(time=source.minute(state.closed_at), what=source.say("course_closed"))


def _result(source: Source) -> Iterator[tuple[str, str]]:
    counted = Counter(a.status for a in source.state.appearances.values())
    yield (
        source.say("result_heard"),
        source.say(
            "result_heard_of", done=counted["done"], absent=counted["absent"], waived=counted["waived"]
        ),
    )
    comma = tr_in(source.lang, "reports.log.comma")
    for post in sorted(source.results.posts.values(), key=lambda one: one.post):
        names = comma.join(source.person(entry) for entry in post.passed)
        if post.waiting:
            names = source.say("result_waiting", count=len(post.waiting))
        yield source.state.posts[post.post].title, names or source.say("result_nobody")


def sealing_list(source: Source) -> p.SealingList:
    """封存清单."""
    return p.SealingList(bags=_bags(source))


def sealing_labels(source: Source) -> p.SealingLabels:
    """封存标签."""
    return p.SealingLabels(bags=_bags(source))


def _bags(source: Source) -> tuple[p.Bag, ...]:
    """A bag a room, and one for everything else with the stick."""
    names = [
        r.form for r in source.state.reports if not r.form.startswith(("sealing-", "blank-", "ballot-paper"))
    ]
    newest = [mark for name in dict.fromkeys(names) if (mark := newest_of(source.state, name)) is not None]
    if not newest:
        raise Known("fill.nothing_to_seal")
    bags: list[tuple[str, list[p.Sealed]]] = []
    rest = list(newest)
    for room in sorted(source.state.rooms):
        mine = [mark for mark in rest if mark.form in {f"{form}-{room}" for form in _ROOM_FORMS}]
        rest = [mark for mark in rest if mark not in mine]
        contents = [_report(source, mark, room) for mark in mine]
        paper = sum(i.kind == "paper" and i.room == room for i in source.state.incidents)
        if paper:
            contents.append(
                p.Sealed(what=source.say("paper_sheets"), count=source.say("sheets", count=paper))
            )
        if contents:
            bags.append((source.room_title(room), contents))
    contents = [_report(source, mark, "") for mark in rest]
    contents.append(p.Sealed(what=source.say("stick"), count=source.say("pieces", count=1)))
    bags.append((source.say("bag_event"), contents))
    return tuple(_bag(number, title, inside) for number, (title, inside) in enumerate(bags, 1))


def _bag(number: int, title: str, contents: list[p.Sealed]) -> p.Bag:
    said = canonical([number, title, [[one.what, one.count, one.mark] for one in contents]])
    return p.Bag(
        number=number, title=title, contents=tuple(contents), digest=hashlib.sha256(said).hexdigest()
    )


def _report(source: Source, mark: ReportMark, room: str) -> p.Sealed:
    form = mark.form.removesuffix(f"-{room}") if room else mark.form
    return p.Sealed(
        what=form_title(form, source.lang),
        count=source.say("pages", count=mark.pages),
        mark=source.say("serial", serial=f"{mark.serial:04d}"),
    )


def form_title(form: str, lang: str) -> str:
    """A form's title by its name, or by that of one of its files (`tally-P1`); an unknown name stays as it is."""
    titles = {
        "opening-report": tr_in(lang, "reports.title.opening_report"),
        "draw-record": tr_in(lang, "reports.title.draw_record"),
        "draw-check": tr_in(lang, "reports.title.draw_check"),
        "entry-passes": tr_in(lang, "reports.title.entry_pass"),
        "blank-sheets": tr_in(lang, "reports.title.score_sheet"),
        "score-sheets": tr_in(lang, "reports.title.score_sheet"),
        "candidate-sheets": tr_in(lang, "reports.title.candidate_sheet"),
        "room-summary": tr_in(lang, "reports.title.room_summary"),
        "room-log": tr_in(lang, "reports.title.room_log"),
        "tally": tr_in(lang, "ballots.print.tally"),
        "composite": tr_in(lang, "reports.title.composite"),
        "notice": tr_in(lang, "reports.title.notice"),
        "shortlist": tr_in(lang, "reports.title.shortlist"),
        "appointment": tr_in(lang, "reports.title.appointment"),
        "site-record": tr_in(lang, "reports.title.site_record"),
        "closing-report": tr_in(lang, "reports.title.closing"),
    }
    known = max((name for name in titles if f"{form}-".startswith(f"{name}-")), key=len, default="")
    part = form[len(known) + 1 :]
    return f"{titles[known]} {part}".rstrip() if known else form
