"""The rows of the draw's two tables: the list before it, the order as it fills. Pure but for `Row`."""

from __future__ import annotations

from ui.screens.draw.filling import Listed, PlacePart
from ui.widgets.rows import Cell, Row
from ui.words import Say, Text

_STANDINGS = {
    "missing": Say("draw_screen.standing.missing"),
    "left": Say("draw_screen.standing.left"),
    "late": Say("draw_screen.standing.late"),
    "replaced": Say("draw_screen.standing.replaced"),
    "reserve": Say("draw_screen.standing.reserve"),
}


def list_rows(parts: tuple[PlacePart, ...]) -> list[Row]:
    """Everybody on the list, by stratum."""
    rows: list[Row] = []
    for part in parts:
        heading = Say("draw_screen.list.room", room=part.title, count=len(part.people))
        rows.append(Row(f"/{part.id}", (heading,), heading=True))
        rows += [_list_row(p) for p in part.people]
    return rows


def _list_row(person: Listed) -> Row:
    gone = person.standing == "missing"
    beside: Text = _STANDINGS["missing"] if gone else person.post
    tone = "wait" if gone else "ink"
    return Row(person.entry, (Cell(person.entry, "quiet"), Cell(person.name, tone), Cell(beside, tone)))


def order_rows(part: PlacePart) -> list[Row]:
    """A place's lots."""
    return [_order_row(part, person) for person in part.people]


def _order_row(part: PlacePart, p: Listed) -> Row:
    if not p.entry:
        return Row(f"{part.id}/{p.lot}", (Cell(str(p.lot), "quiet"), Cell("—", "quiet"), "", ""))
    if part.old:
        cells = (str(p.lot), p.name, p.post, p.entry)
        return Row(f"{part.id}/{p.entry}", tuple(Cell(words, "quiet", struck=True) for words in cells))
    left = p.standing == "left"
    tone = "quiet" if left else "ink"
    beside: Text = p.post
    if p.standing:
        beside = Say("draw_screen.standing.beside", post=p.post, what=_STANDINGS[p.standing])
    return Row(
        p.entry,
        (
            Cell(str(p.lot), tone, strong=not left),
            Cell(p.name, tone, struck=left),
            Cell(beside, "wait" if p.standing else tone),
            Cell(p.entry, "quiet"),
        ),
    )
