"""The first page: five doors, recent events, the language; nothing else.

    start = StartScreen()
    start.show_recents(settings.recents)
    start.open_requested / new_requested / rehearse_requested / demo_requested / check_requested / language_chosen

It asks and decides nothing: files are opened and made by whoever hears its signals.
"""

from ui.screens.start.new_event import NewEvent, NewEventDialog
from ui.screens.start.page import StartScreen

__all__ = ["NewEvent", "NewEventDialog", "StartScreen"]
