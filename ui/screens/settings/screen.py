"""The page of settings; each choice works at once, and nothing here touches an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QFileDialog, QRadioButton, QWidget

from ui import tasks
from ui.screen import RailState, Section
from ui.settings import LANGUAGE_NAMES, Settings
from ui.shortcuts import Shortcut
from ui.sound import SOUND
from ui.theme import Type
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, scrolled
from ui.widgets.notices import ErrorBanner
from ui.words import Say, Text, bind_text
from venue_app.host.manuals import save_manual

_THEMES: dict[str, Text] = {
    "light": Say("settings.theme.light"),
    "dark": Say("settings.theme.dark"),
}
_MANUALS: dict[str, Text] = {
    "proctor": Say("manual.title.proctor"),
    "judge": Say("manual.title.judge"),
    "witness": Say("manual.title.witness"),
}


class SettingsScreen(QObject):
    """A `ui.screen.Screen`."""

    chosen = Signal(object)

    id = "settings"
    title = Say("settings.title")
    icon = "settings"
    section: Section = "below"

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._languages = QButtonGroup(self)
        self._themes = QButtonGroup(self)
        self.large = QCheckBox()
        bind_text(self.large, Say("settings.large"))
        self.sound = QCheckBox()
        bind_text(self.sound, Say("settings.sound.on"))
        self.try_bell = Button(Say("settings.sound.try"))
        self.heard = Words("", tone="quiet")
        self.heard.hide()
        languages = self._choices(self._languages, dict(LANGUAGE_NAMES))
        themes = self._choices(self._themes, _THEMES)
        page = holder(
            column(
                Words(Say("settings.title"), Type.TITLE, strong=True),
                _part(Say("settings.language"), languages),
                _part(Say("settings.theme.title"), themes),
                _part(Say("settings.type"), [self.large]),
                _part(Say("settings.sound.title"), [self.sound, self.try_bell, self.heard]),
                self._manuals(),
                Words(Say("settings.note"), tone="quiet"),
                STRETCH,
                gap=4,
                margin=4,
            )
        )
        outer = column(scrolled(page))
        outer.setContentsMargins(0, 0, 0, 0)
        self.widget = QWidget()
        self.widget.setLayout(outer)
        self.show_settings(settings)
        self._languages.buttonClicked.connect(lambda button: self._take(language=_code(button)))
        self._themes.buttonClicked.connect(lambda button: self._take(theme=_code(button)))
        self.large.clicked.connect(lambda on: self._take(large=on))
        self.sound.clicked.connect(lambda on: self._take(sound=on))
        self.try_bell.clicked.connect(lambda: SOUND.ring("end"))
        deaf = SOUND.listen(self._heard)
        self.widget.destroyed.connect(deaf)

    def _manuals(self) -> QWidget:
        """A button a manual, and where the last one went."""
        self.manuals: dict[str, Button] = {}
        for name, title in _MANUALS.items():
            button = Button(title, icon="print")
            button.clicked.connect(lambda _checked=False, at=name: self.ask_manual(at))
            self.manuals[name] = button
        self.banner = ErrorBanner()
        self.saved = Words("", tone="quiet")
        self.saved.hide()
        return card(
            column(
                Words(Say("manual.print.title"), strong=True),
                Words(Say("manual.print.what"), tone="quiet"),
                row(*self.manuals.values(), STRETCH, gap=2),
                self.saved,
                self.banner,
                gap=1,
                margin=4,
            )
        )

    def ask_manual(self, name: str) -> QFileDialog:
        """Ask where the manual goes."""
        dialog = QFileDialog(self.widget, str(_MANUALS[name]), f"{_MANUALS[name]}.pdf")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(str(Say("manual.print.filter")) + " (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda path: self.save_manual(name, Path(path)))
        dialog.open()
        return dialog

    def save_manual(self, name: str, file: Path) -> None:
        """Write the manual in the window's language, beside the window."""
        self.banner.hide()
        self.saved.hide()
        language = self._settings.language
        tasks.run(
            lambda _progress: save_manual(name, language, file),
            owner=self.widget,
            done=lambda _nothing: self._manual_saved(file),
            failed=self.banner.show_known,
        )

    def _manual_saved(self, file: Path) -> None:
        self.saved.say(Say("manual.print.saved", file=str(file)))
        self.saved.show()

    @staticmethod
    def _choices(group: QButtonGroup, names: Mapping[str, Text]) -> list[QAbstractButton]:
        made: list[QAbstractButton] = []
        for code, name in names.items():
            button = QRadioButton()
            bind_text(button, name)
            button.setProperty("code", code)
            group.addButton(button)
            made.append(button)
        return made

    def show_settings(self, settings: Settings) -> None:
        """Mark what is in force."""
        self._settings = settings
        for group, code in ((self._languages, settings.language), (self._themes, settings.theme)):
            for button in group.buttons():
                button.setChecked(_code(button) == code)
        self.large.setChecked(settings.large)
        self.sound.setChecked(settings.sound)
        self.try_bell.setEnabled(settings.sound)

    def _heard(self, played: bool) -> None:
        self.heard.say(Say("settings.sound.played") if played else Say("settings.sound.silent"))
        self.heard.show()

    def _take(self, **changed: object) -> None:
        self._settings = msgspec.structs.replace(self._settings, **changed)
        self.try_bell.setEnabled(self._settings.sound)
        self.chosen.emit(self._settings)

    def rail_state(self) -> RailState:
        """Nothing here can be missing."""
        return RailState()

    def shortcuts(self) -> Sequence[Shortcut]:
        """No keys of its own."""
        return ()


def _code(button: QAbstractButton) -> str:
    return str(button.property("code"))


def _part(title: Text, choices: Sequence[QWidget]) -> QWidget:
    return card(column(Words(title, strong=True), row(*choices, STRETCH, gap=4), gap=1, margin=4))
