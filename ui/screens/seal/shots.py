"""The seal screen's pictures, with made-up people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.screens.seal.model import seal_model
from ui.screens.seal.view import SealView
from venue_app.base.errors import Known
from venue_app.seal.bundle import Written
from venue_app.seal.check import Check, Verdict
from venue_app.state import State
from venue_app.state.model import Package

_FOLDER = Path("公开自荐-reports")
_BUNDLE = Path("公开自荐.bundle")


def _view(state: State, tab: int = 0) -> SealView:
    view = SealView()
    view.resize(1150, 620)
    view.show_model(seal_model(state), _FOLDER, _BUNDLE)
    view.tabs.setCurrentIndex(tab)
    return view


def _error() -> SealView:
    view = _view(sample.judged())
    view.banner.show_known(Known("reporting.folder", folder="/media/usb", reason="No space left on device"))
    return view


def _written() -> SealView:
    view = _view(sample.closed(), 1)
    digest = hashlib.sha256(b"sample").digest()
    view.bundle.show_written(Written(Path("/media/usb") / _BUNDLE, digest, digest.hex()))
    return view


def _checked() -> SealView:
    view = _view(sample.closed(), 2)
    checks = (
        Check("audit.sequence", True),
        Check("audit.receipts", True, {"count": 4000, "seq": None}),
        Check("audit.results", False, {"count": 148, "seq": 1042}),
        Check("audit.draw", True, {"count": 150}),
        Check("audit.wall_clock", None, {"count": 2}),
    )
    limits = ("seal.limit.outside", "seal.limit.time", "seal.limit.ink")
    view.check.show_verdict(Verdict("公开自荐.bundle", "bundle", checks, limits))
    return view


def _packages() -> SealView:
    view = _view(sample.closed(), 3)
    page = view.packages
    page.ask_files = lambda: [Path("results.json"), Path("试题.pdf")]
    page.sealing.add_files()
    page.sealing.label.setText("成绩")
    page.sealing.holders.setText("监督员甲、公证员乙、主评委丙")
    sealed = Package("试题", "", 2, ("监督员甲", "公证员乙", "主评委丙"), 0)
    page.show_packages((sealed, replace(sealed, label="面试题本", opened=("监督员甲", "主评委丙"))))
    return view


SHOTS: dict[str, Callable[[], QWidget]] = {
    "seal-empty": lambda: _view(sample.created()),
    "seal-under-way": lambda: _view(sample.under_way()),
    "seal-ready": lambda: _view(sample.judged()),
    "seal-error": _error,
    "seal-bundle": _written,
    "seal-check": _checked,
    "seal-packages": _packages,
    "seal-reopened": lambda: _view(sample.reopened()),
    "seal-closed": lambda: _view(sample.closed()),
}
