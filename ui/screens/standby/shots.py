"""Pictures of the standby laptop's window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QWidget

from ui.screens.standby.asked import takeover_about, takeover_fields
from ui.screens.standby.join import standby_join
from ui.screens.standby.model import standby_model
from ui.screens.standby.view import StandbyView
from ui.widgets.ask import AskDialog
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.host.following import Following
from venue_app.lan.line import Link

_HEARD_MS = 1_767_240_000_000


def _page(link: Link, *, newest: int = 4_071, in_step: bool = True, fault: Known | None = None) -> QWidget:
    view = StandbyView()
    status = Following(
        link=link,
        title="某县 2026 年副科级领导职位公开竞聘现场测评",
        have=4_071,
        newest=newest,
        named=True,
        in_step=in_step,
        heard=_HEARD_MS,
        fault=fault,
        stuck=fault is not None,
    )
    view.show_model(standby_model(status))
    return _framed(view)


def _framed(page: QWidget) -> QWidget:
    window = QMainWindow()
    window.setCentralWidget(page)
    return window


def _join() -> QWidget:
    form = standby_join()
    form.fill("192.168.1.5:8443", "K7F2Q9", "备用-2")
    return _framed(form)


def _ask() -> QWidget:
    return AskDialog(
        Say("standby_window.ask.title"),
        takeover_about(alive=True),
        takeover_fields(),
        Say("standby_window.ask.act"),
    )


SHOTS: dict[str, Callable[[], QWidget]] = {
    "standby-join": _join,
    "standby-catching-up": lambda: _page(Link.ONLINE, newest=4_300, in_step=False),
    "standby-in-step": lambda: _page(Link.ONLINE),
    "standby-lost": lambda: _page(Link.OFFLINE),
    "standby-lost-behind": lambda: _page(Link.OFFLINE, in_step=False),
    "standby-stuck": lambda: _page(
        Link.REFUSED, in_step=False, fault=Known("journal.disk_full", file="2026-05-01.venue")
    ),
    "standby-ask": _ask,
}
