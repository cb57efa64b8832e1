"""The window around the screens: rail left, event and mode on top, what just happened below.

    frame = MainFrame()
    frame.register(screen)                        any number of `ui.screen.Screen`, in the order of the rail
    frame.add_provider(people)                    for Ctrl+K
    frame.top.set_event(title, "official", room)
    frame.go("room"); frame.refresh_rail(); frame.tell(Say("..."), at_ms=..., undo=Say("..."))
    frame.show_known(known)                       a fault that no screen showed itself

The frame decides nothing: it shows, and says by signals what the user asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import shortcuts as keys
from ui.chrome.finder import Finder
from ui.chrome.keys import KeysDialog
from ui.chrome.rail import Rail
from ui.chrome.top import TopBar
from ui.screen import Hit, Screen, SearchProvider
from ui.shortcuts import Shortcut
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, space
from ui.widgets.layout import column, row, rule
from ui.widgets.notices import Banner, BottomLine, ErrorBanner
from ui.widgets.roomy import Roomy
from ui.words import Say, Text, bind, known_text
from venue_app.base.errors import Known


class MainFrame(QMainWindow):
    """The proctor's window."""

    shown = Signal(str)
    """The id of the screen that was turned to."""
    undo_asked = Signal()
    close_asked = Signal()
    """The window is to be closed; whoever hears it calls `let_close` once all is safe."""

    def __init__(self, now_ms: Callable[[], int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screens: dict[str, Screen] = {}
        self._places: dict[str, Roomy] = {}
        self._free: list[Roomy] = []
        self._screen_keys: dict[str, tuple[Shortcut, ...]] = {}
        self._providers: list[SearchProvider] = [_Own(self)]
        self._may_close = False
        self.top = TopBar(now_ms)
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.banner = ErrorBanner()
        self.standing = Banner("alarm", closable=False)
        self.bottom = BottomLine()
        self.rail.chosen.connect(self.go)
        self.bottom.undo.connect(self.undo_asked)
        self._lay_out()
        self._bind_keys()
        bind(self, "setWindowTitle", Say("ui.window.title"))
        self.setMinimumSize(PAGE_WIDTH * 3 // 4, PAGE_HEIGHT * 3 // 4)
        self.resize(PAGE_WIDTH, PAGE_HEIGHT)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(space(2), space(3), space(4), space(3))
        middle.setSpacing(space(3))
        middle.addWidget(self.banner)
        middle.addWidget(self.stack, 1)
        body = row(self.rail, middle, gap=0)
        body.setStretch(1, 1)
        whole = column(self.top, self.standing, rule(), body, rule(), self.bottom, gap=0)
        whole.setStretch(3, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _bind_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            keys.HELP.id: self.show_keys,
            keys.FIND.id: self.open_finder,
            keys.UNDO.id: self._undo,
            keys.FULL.id: self._full,
        }
        for number, shortcut in enumerate(keys.SCREENS):
            acts[shortcut.id] = partial(self._go_nth, number)
        for shortcut in keys.FRAME:
            made = QShortcut(QKeySequence(shortcut.keys), self)
            made.activated.connect(acts[shortcut.id])

    # ---- screens ----

    def home(self) -> QWidget:
        """Where the page of a screen to come stands: built in it, it need not move when it is registered."""
        place = Roomy(parent=self.stack)
        self._free.append(place)
        return place.viewport()

    def _place_of(self, page: QWidget) -> Roomy:
        for place in self._free:
            if page.parentWidget() is place.viewport():
                self._free.remove(place)
                place.hold(page)
                return place
        return Roomy(page)

    def register(self, screen: Screen) -> None:
        """Add a screen. Raises `ValueError` for an id that is there already, or keys given twice."""
        if screen.id in self._screens:
            raise ValueError(f"a screen {screen.id!r} is there already")
        own = tuple(screen.shortcuts())
        doubled = keys.clashes((*keys.FRAME, *own))
        if doubled:
            raise ValueError(f"screen {screen.id!r} gives keys twice: {', '.join(doubled)}")
        self._screens[screen.id] = screen
        self._screen_keys[screen.id] = own
        place = self._place_of(screen.widget)
        self._places[screen.id] = place
        self.stack.addWidget(place)
        self.rail.add(screen)
        for shortcut in own:
            made = QShortcut(QKeySequence(shortcut.keys), screen.widget)
            made.setContext(
                Qt.ShortcutContext.WindowShortcut
            )  # heard while the screen is seen, wherever the focus is
            made.activated.connect(shortcut.act)
        if len(self._screens) == 1:
            self.go(screen.id)

    @property
    def screens(self) -> Sequence[Screen]:
        """All screens as the rail shows them: the day's first."""
        order = {"day": 0, "below": 1}
        return sorted(self._screens.values(), key=lambda screen: order[screen.section])

    @property
    def here(self) -> str:
        """The id of the screen that is shown, empty before the first."""
        shown = self.stack.currentWidget()
        return next((name for name, place in self._places.items() if place is shown), "")

    def go(self, screen_id: str) -> None:
        """Turn to a screen."""
        self.stack.setCurrentWidget(self._places[screen_id])
        self.rail.show_chosen(screen_id)
        self.shown.emit(screen_id)

    def _go_nth(self, at: int) -> None:
        if at < len(self.screens):
            self.go(self.screens[at].id)

    def refresh_rail(self) -> None:
        """Ask all screens how far they are."""
        self.rail.refresh()

    # ---- what is said ----

    def tell(self, text: Text, at_ms: int | None = None, undo: Text | None = None) -> None:
        """What just happened, in the line below."""
        self.bottom.tell(text, at_ms, undo)

    def show_known(self, error: Known, action: Text | None = None) -> None:
        """A fault across the top of the screen."""
        self.banner.show_known(error, action)

    def show_standing(self, error: Known | None, action: Text | None = None) -> None:
        """A fault across the whole window for as long as it stands; None takes it away."""
        if error is None:
            self.standing.hide()
        else:
            self.standing.show_text(known_text(error), action)

    # ---- keys ----

    def add_provider(self, provider: SearchProvider) -> None:
        """Something more that Ctrl+K looks through."""
        self._providers.append(provider)

    def open_finder(self) -> Finder:
        """Open the finder."""
        finder = Finder(self._providers, self)
        finder.open()
        return finder

    def keys_here(self) -> tuple[Shortcut, ...]:
        """The keys of the screen that is shown."""
        return self._screen_keys.get(self.here, ())

    def show_keys(self) -> KeysDialog:
        """Open the list of keys."""
        title = self._screens[self.here].title if self.here else ""
        dialog = KeysDialog(title, self.keys_here(), keys.FRAME[: 4 + len(self._screens)], self)
        dialog.open()
        return dialog

    def _undo(self) -> None:
        if self.bottom.undo_button.isVisible():
            self.bottom.undo_button.click()

    def _full(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # ---- closing ----

    def let_close(self) -> None:
        """All is safe: close now."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first, so that nothing under way is cut off."""
        if not self._may_close:
            self.close_asked.emit()
        event.setAccepted(self._may_close)


class _Own:
    """What the frame itself can find: screens, and the keys of the one that is shown."""

    def __init__(self, frame: MainFrame) -> None:
        self._frame = frame

    def search(self, typed: str) -> list[Hit]:
        """Screens and actions whose words hold what was typed."""
        wanted = typed.casefold()
        hits = [
            Hit(screen.title, Say("ui.find.screen"), partial(self._frame.go, screen.id), screen.icon)
            for screen in self._frame.screens
            if wanted in str(screen.title).casefold()
        ]
        hits += [
            Hit(shortcut.text, shortcut.shown, shortcut.act, "keys")
            for shortcut in self._frame.keys_here()
            if wanted in str(shortcut.text).casefold()
        ]
        return hits
