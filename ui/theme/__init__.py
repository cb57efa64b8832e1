"""Paper and ink: tokens, sizes, typefaces, and the switch between light, dark, hall and large type.

    use(Theme())                         the whole program, again at any time
    dress(window, Theme("hall"))         one window and all it holds
    dress(station, Theme(touch=True))    targets of 56 px
    of(self).colour("done")              in a paintEvent
    of(self).font(Type.HERO, bold=True)
    set_type(label, Type.TITLE, strong=True); mark(label, tone="quiet")
    space(4)                             16 px

Screens write no colour and no pixel of their own; `tests/ui` looks for them.
"""

from ui.theme.manager import Theme, current, dress, hub, of, use, worn
from ui.theme.restyle import mark, set_type
from ui.theme.scale import HAIRLINE, PAGE_HEIGHT, PAGE_WIDTH, RADIUS, RING, Scale, Type, space

__all__ = [
    "HAIRLINE",
    "PAGE_HEIGHT",
    "PAGE_WIDTH",
    "RADIUS",
    "RING",
    "Scale",
    "Theme",
    "Type",
    "current",
    "dress",
    "hub",
    "mark",
    "of",
    "set_type",
    "space",
    "use",
    "worn",
]
