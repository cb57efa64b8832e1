"""Which theme is in force, for the whole program or for one window of it.

`use(Theme())` dresses the application. `dress(window, Theme("hall"))` dresses one window and
everything inside it: the hall screen is dark while the proctor's window stays light. Widgets
that paint themselves ask `of(self)` each time they paint and never keep a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.colours import SETS, Colours
from ui.theme.fonts import font
from ui.theme.qss import sheet
from ui.theme.scale import HALL_FACTOR, LARGE_FACTOR, Scale, Type

_PROPERTY = "venueTheme"


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours (`light`, `dark`, `hall`) and of sizes."""

    name: str = "light"
    large: bool = False
    touch: bool = False

    @property
    def palette(self) -> Colours:
        """The colours by meaning."""
        return SETS[self.name]

    @property
    def scale(self) -> Scale:
        """The sizes."""
        return _scale(self)

    def colour(self, token: str) -> QColor:
        """A colour by its token's name: `ink`, `done_soft`."""
        return QColor(getattr(self.palette, token))

    def font(self, size: Type, bold: bool = False) -> QFont:
        """The program's typeface at a step of the type scale."""
        return font(self.scale.px(size), bold)

    @property
    def key(self) -> str:
        """The theme in one word, as it hangs on a window."""
        return f"{self.name}/{int(self.large)}/{int(self.touch)}"


@cache
def _scale(theme: Theme) -> Scale:
    factor = HALL_FACTOR if theme.name == "hall" else (LARGE_FACTOR if theme.large else 1.0)
    return Scale(factor, theme.touch)


@cache
def _from_key(key: str) -> Theme:
    name, large, touch = key.split("/")
    return Theme(name, large == "1", touch == "1")


class _Hub(QObject):
    changed = Signal()


hub = _Hub()
"""`hub.changed` is sent after the program's theme was switched."""

_current = Theme()


def current() -> Theme:
    """The program's theme."""
    return _current


def worn() -> bool:
    """Whether `use` has dressed the application yet."""
    app = QApplication.instance()
    return isinstance(app, QApplication) and bool(app.styleSheet())


def of(widget: QWidget) -> Theme:
    """The theme a widget stands in: that of the nearest dressed window around it, else the program's."""
    at: QWidget | None = widget
    while at is not None:
        key = at.property(_PROPERTY)
        if key:
            return _from_key(str(key))
        at = at.parentWidget()
    return _current


def use(theme: Theme) -> None:
    """Dress the whole application; may be called again at any time."""
    global _current
    _current = theme
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a theme needs a running QApplication")
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(theme.font(Type.BODY))
    app.setPalette(qt_palette(theme))
    app.setStyleSheet(sheet(theme.palette, theme.scale))
    hub.changed.emit()


def dress(window: QWidget, theme: Theme) -> None:
    """Dress one window and all it holds, now and whatever is added later."""
    window.setProperty(_PROPERTY, theme.key)
    window.setFont(theme.font(Type.BODY))
    window.setPalette(qt_palette(theme))
    window.setStyleSheet(sheet(theme.palette, theme.scale))


def qt_palette(theme: Theme) -> QPalette:
    """The same colours in Qt's roles, for what the style itself draws."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    pairs = {
        role.Window: "paper",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "paper",
        role.Text: "ink",
        role.PlaceholderText: "quiet",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.BrightText: "alarm",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "edge",
        role.Dark: "edge",
        role.Shadow: "edge",
        role.Highlight: "primary",
        role.HighlightedText: "on_fill",
        role.Accent: "primary",
        role.Link: "primary",
        role.LinkVisited: "primary",
        role.ToolTipBase: "ink",
        role.ToolTipText: "paper",
    }
    for where, token in pairs.items():
        made.setColor(where, theme.colour(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, where, theme.colour("quiet"))
    return made
