"""Language, colours and size of type on this machine.

screen = SettingsScreen(settings)
screen.chosen.connect(...)          the new `Settings`, as soon as something is chosen
"""

from ui.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
