"""The state of an event as a fold over its journal, and the questions screens ask of it.

A `State` is frozen: a new one comes with every entry, so any thread may read
the one it holds while the owner goes on.
"""

from venue_app.state.draw import Draw
from venue_app.state.fold import apply, begin, replay
from venue_app.state.model import Appearance, Excuse, Incident, ReportMark, Sheet, State, Station

__all__ = [
    "Appearance",
    "Draw",
    "Excuse",
    "Incident",
    "ReportMark",
    "Sheet",
    "State",
    "Station",
    "apply",
    "begin",
    "replay",
]
