"""What is printed of ballots: the empty paper, the tally, and slips. Plain frozen values; `models.Form` names the forms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPaperForm:
    """民主测评票, empty: `people` (name, unit or post) by `items`, each with `answers` to tick; nobody's name on it.

    `answers` are empty where a number is written. `rules` are sentences; `write_in` lines for other names.
    """

    title: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    rules: tuple[str, ...] = ()
    write_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyClass:
    """One class of voters: numbers of papers as printed; `void_vote` when more came back than was handed out."""

    title: str
    issued: int
    returned: int
    valid: int
    void: int
    blank: int
    void_vote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """One person: votes by item, each by answer and then abstentions; `values` what the scheme makes of them."""

    name: str
    votes: tuple[tuple[int, ...], ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyPart:
    """The votes of one class (or of the only one)."""

    title: str
    lines: tuple[TallyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyReport:
    """计票报告单 of one poll. `about` are label and value; `written` are names written in with their votes."""

    title: str
    about: tuple[tuple[str, str], ...]
    classes: tuple[TallyClass, ...]
    items: tuple[str, ...]
    answers: tuple[str, ...]
    components: tuple[str, ...]
    parts: tuple[TallyPart, ...]
    written: tuple[tuple[str, int], ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One slip: its code grouped for reading, and the link in its QR (empty without a network)."""

    code: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSheet:
    """Slips of one class for one or more polls, to be cut apart. `link` is where to type the code by hand."""

    event: str
    title: str
    voter_class: str
    link: str
    rehearsal: bool
    slips: tuple[Slip, ...]
