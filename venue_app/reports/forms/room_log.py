"""考场记录: who was there, who was not, and what happened."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, labelled, people_table, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.models import RoomLog
from venue_app.reports.parts import Cell, Heading, Note, Part, Row, Section, Table


def compose(form: RoomLog, language: str) -> tuple[Section, ...]:
    """One section."""
    if not form.people or form.present + len(form.absent) + len(form.waived) != form.expected:
        raise Known("reports.log_counts", room=form.room)
    say = sayer(language)
    parts: list[Part] = [
        _counts(say, form),
        Heading(say("reports.log.people")),
        people_table(say, form.people),
        Heading(say("reports.log.incidents")),
        _lines(say, form),
        signatures(say, "chief", "supervisor"),
    ]
    return (
        Section(say("reports.title.room_log"), tuple(parts), (("room", form.room, form.session),), form.room),
    )


def _counts(say: Say, form: RoomLog) -> Table:
    def lots(numbers: tuple[int, ...]) -> str:
        return say("reports.log.comma").join(map(str, numbers)) or say("reports.log.none")

    rows: tuple[Row, ...] = (
        Row(labelled((say("reports.column.room"), form.room), (say("reports.log.session"), form.session))),
        Row(
            labelled(
                (say("reports.log.expected"), str(form.expected)),
                (say("reports.log.present"), str(form.present)),
            ),
            (
                (
                    "attendance",
                    form.expected,
                    form.present,
                    list(form.absent),
                    list(form.late),
                    list(form.waived),
                ),
            ),
        ),
        Row(
            labelled(
                (say("reports.log.absent"), lots(form.absent)), (say("reports.log.late"), lots(form.late))
            )
        ),
    )
    if form.waived:
        rows = (*rows, Row(labelled((say("reports.log.waived"), lots(form.waived)), ("", ""))))
    return Table((30, 59, 30, 59), rows, height=8 * MM)


def _lines(say: Say, form: RoomLog) -> Table | Note:
    if not form.lines:
        return Note(say("reports.log.nothing"), boxed=True, gap=0, keep=True)
    head = heads(say("reports.column.time"), say("reports.column.what"), say("reports.column.handling"))
    rows = tuple(
        Row(
            (
                Cell(line.time),
                Cell(line.what, "left", size=10, lines=6),
                Cell(line.handling, "left", size=10, lines=6),
            ),
            (("incident", line.time, line.what, line.handling),),
        )
        for line in form.lines
    )
    return Table((24, 84, 70), rows, (head,), height=8 * MM, keep=True)
