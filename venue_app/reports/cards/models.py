"""What cards print, as plain frozen values. Titles come in the language of the cards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The event the cards are for; those of a rehearsal say so."""

    event: str
    place: str
    rehearsal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCard:
    """One seat and how a device takes it: the code as read aloud (K7F-2Q9) and the link in the QR."""

    room: str
    group: str
    seat: str
    code: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCards:
    """席卡. `url` is what is typed by hand; `key` the fingerprint a device must show, in groups of four."""

    occasion: Occasion
    url: str
    key: str
    cards: tuple[SeatCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBoard:
    """One board: the large word (a seat's number, a person's name), and what stands above it."""

    over: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBoards:
    """台签, a page each, folded once so that it stands."""

    occasion: Occasion
    boards: tuple[NameBoard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorNote:
    """One room: its posts, each with how many are heard, and the half-days with theirs where they are drawn."""

    room: str
    posts: tuple[tuple[str, int], ...]
    sessions: tuple[tuple[str, int], ...]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorNotes:
    """考场门贴, a page a room."""

    occasion: Occasion
    notes: tuple[DoorNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signposts:
    """路标: each place once with an arrow to the left and once to the right, to be cut apart."""

    occasion: Occasion
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSlips:
    """纸签: for each place of the draw the numbers 1 to so many, to be cut apart."""

    occasion: Occasion
    places: tuple[tuple[str, int], ...]


Cards = SeatCards | NameBoards | DoorNotes | Signposts | LotSlips
