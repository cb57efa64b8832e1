"""Dynamic properties that the style sheet reads, set so that the widget is drawn anew at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme.scale import Type


def mark(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and have the style look again, only if one of them changed.

    Qt keeps the old look until a widget is unpolished and polished; this is the one place that does it.
    """
    stale = False
    for name, value in properties.items():
        told = str(value).lower() if isinstance(value, bool) else value
        if widget.property(name) != told:
            widget.setProperty(name, told)
            stale = True
    # A widget that was never shown has no look yet: the style comes to it by itself.
    if stale and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def set_type(widget: QWidget, size: Type, *, strong: bool = False) -> None:
    """Give a widget a step of the type scale; follows theme switches by itself."""
    mark(widget, textRole=size.name.lower(), strong=strong)
