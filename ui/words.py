"""Sentences on the screen that follow the language at run time.

Any text handed to a widget of ours is a `Text`: a plain string (a name, a number, something the
user wrote) or a `Say("room.call_next", lot=17)`, looked up when shown and again after each switch.

    bind_text(label, Say("room.queue.title"))
    bind_name(button, Say("ui.close"))          the accessible name
    follow(self, self._retranslate)             called now and after each switch of language
    switch("en")                                the whole program
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from venue_app.base import i18n
from venue_app.base.errors import Known


class Say:
    """A sentence by key; parameters may themselves be `Say`."""

    __slots__ = ("key", "params")

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = params

    def __str__(self) -> str:
        told = {k: str(v) if isinstance(v, Say) else v for k, v in self.params.items()}
        return i18n.tr(self.key, **told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Say) and (self.key, self.params) == (other.key, other.params)

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.params))))

    def __repr__(self) -> str:
        return f"Say({self.key!r}, {self.params!r})"


Text = str | Say


class _Hub(QObject):
    changed = Signal()


hub = _Hub()
"""`hub.changed` is sent after the language was switched."""

_translators: list[QTranslator] = []


def switch(language: str) -> None:
    """Change the language of every window, Qt's own dialogs included."""
    i18n.set_language(language)
    app = QCoreApplication.instance()
    if app is not None:
        while _translators:
            app.removeTranslator(_translators.pop())
        locale = QLocale(i18n.language().replace("-", "_"))
        QLocale.setDefault(locale)
        ours = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if ours.load(locale, "qtbase", "_", folder):
            app.installTranslator(ours)
            _translators.append(ours)
    hub.changed.emit()


def installed() -> bool:
    """Whether Qt's own dialogs have their words; `switch` sees to it."""
    return bool(_translators)


_FOLLOWER = "_words_follower"


class _Follower:
    """Hangs on what it serves, so that it ends with it. No object of Qt's: a window has thousands of them."""

    __slots__ = ("__weakref__", "_owner", "slots")

    def __init__(self, owner: QObject) -> None:
        self._owner = weakref.ref(owner)
        self.slots: dict[str, Callable[[], None]] = {}
        _followers[next(_numbers)] = self

    def speak(self) -> None:
        owner = self._owner()
        if owner is not None and isValid(owner):
            for slot in list(self.slots.values()):
                slot()


_numbers = count()
_followers: weakref.WeakValueDictionary[int, _Follower] = weakref.WeakValueDictionary()
"""Every one that is there, in the order in which they came."""


def _speak() -> None:
    for follower in list(_followers.values()):
        follower.speak()


hub.changed.connect(_speak)


def _follower(owner: QObject) -> _Follower:
    known = owner.__dict__.get(_FOLLOWER)  # to look through `children()` would wrap every one of them
    if not isinstance(known, _Follower):
        known = owner.__dict__[_FOLLOWER] = _Follower(owner)
    return known


def follow(owner: QObject, method: Callable[[], None], slot: str = "retranslate") -> None:
    """Call a method of `owner` now and after every switch; a second call with the same `slot` replaces the first."""
    weak: Any = weakref.WeakMethod(method)

    def call() -> None:
        alive = weak()
        if alive is not None:
            alive()

    _follower(owner).slots[slot] = call
    call()


def bind(owner: QWidget, setter: str, text: Text) -> None:
    """Keep one text property right: `bind(edit, "setPlaceholderText", Say("ui.find.hint"))`."""
    weak = weakref.ref(owner)

    def call() -> None:
        alive = weak()
        if alive is not None:
            getattr(alive, setter)(str(text))

    _follower(owner).slots[setter] = call
    call()


def bind_text(owner: QWidget, text: Text) -> None:
    """Keep what a label or button shows."""
    bind(owner, "setText", text)


def bind_items(owner: QComboBox, texts: Sequence[Text]) -> None:
    """Keep what the lines of a box of choices say, in their order."""
    weak, said = weakref.ref(owner), tuple(texts)

    def call() -> None:
        alive = weak()
        if alive is not None:
            for at, text in enumerate(said):
                alive.setItemText(at, str(text))

    _follower(owner).slots["items"] = call
    call()


def bind_name(owner: QWidget, text: Text) -> None:
    """Keep the accessible name."""
    bind(owner, "setAccessibleName", text)


def bind_tip(owner: QWidget, text: Text) -> None:
    """Keep the tool tip."""
    bind(owner, "setToolTip", text)


def known_text(error: Known) -> Say:
    """The sentence of a known fault: `roster.no_header` is said by `roster.error.no_header`."""
    area, _, name = error.code.partition(".")
    return Say(f"{area}.error.{name}", **error.params)
