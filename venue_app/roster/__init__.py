"""Spreadsheets in: whatever an office sends becomes typed rows, and everything wrong is shown cell by cell.

Read (`read_entries`, `read_rooms`, `read_panel`, `read_component`, `read_marks`,
`read_observers`; `sort_files` tells a folder's files apart), look at the findings, make a
plan of the files together (`check_together`), answer its questions (`replan`),
and import all or nothing (`decide`). Nothing here keeps state or sends commands.
The forms it understands are described in docs/formats/roster.md.
"""

from venue_app.roster.book import Book, open_book
from venue_app.roster.crosscheck import check_marks, check_observers
from venue_app.roster.decide import (
    ImportedJudge,
    ImportedPerson,
    ImportedPost,
    ImportedRoom,
    ImportedRoster,
    ImportedValue,
    check_together,
    decide,
    replan,
)
from venue_app.roster.entries import read_entries
from venue_app.roster.findings import CODES, Finding, Group, Severity, group_sentence, grouped, sentence
from venue_app.roster.folder import Folder, recognise, sort_files
from venue_app.roster.forms import KINDS, Kind
from venue_app.roster.grid import Cell, Grid, Merge
from venue_app.roster.identity import masked
from venue_app.roster.panels import read_panel, read_rooms
from venue_app.roster.plan import Choice, Plan, Question, choice_sentence, question_sentence
from venue_app.roster.rows import (
    ComponentRow,
    EntryRow,
    Import,
    JudgeRow,
    MarkRow,
    ObserverRow,
    RoomRow,
    Where,
)
from venue_app.roster.scores import read_component, read_marks, read_observers
from venue_app.roster.source import Digest, Source, SourceLike, Watch
from venue_app.roster.textfile import ENCODINGS

__all__ = [
    "CODES",
    "ENCODINGS",
    "KINDS",
    "Book",
    "Cell",
    "Choice",
    "ComponentRow",
    "Digest",
    "EntryRow",
    "Finding",
    "Folder",
    "Grid",
    "Group",
    "Import",
    "ImportedJudge",
    "ImportedPerson",
    "ImportedPost",
    "ImportedRoom",
    "ImportedRoster",
    "ImportedValue",
    "JudgeRow",
    "Kind",
    "MarkRow",
    "Merge",
    "ObserverRow",
    "Plan",
    "Question",
    "RoomRow",
    "Severity",
    "Source",
    "SourceLike",
    "Watch",
    "Where",
    "check_marks",
    "check_observers",
    "check_together",
    "choice_sentence",
    "decide",
    "group_sentence",
    "grouped",
    "masked",
    "open_book",
    "question_sentence",
    "read_component",
    "read_entries",
    "read_marks",
    "read_observers",
    "read_panel",
    "read_rooms",
    "recognise",
    "replan",
    "sentence",
    "sort_files",
]
