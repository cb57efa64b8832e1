"""Choosing a preset: one card each, with what the plan is and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.scheme.cards import Preset
from ui.theme import HAIRLINE, Type, of, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.layout import Words, column, rule, scrolled
from ui.widgets.notices import ErrorBanner
from ui.widgets.painting import box, elided, painting, ring
from ui.widgets.state import Mark
from ui.words import Say, bind

_ACROSS = 3
_WIDTH = 320
_ENDLESS = 1 << 16
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class PresetCard(QPushButton):
    """Title, what it is, and its sizes."""

    def __init__(self, preset: Preset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = preset
        self._summary = self._sizes = ""
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        bind(self, "setText", preset.title)
        bind(self, "setAccessibleName", preset.title)
        bind(self, "setSummary", preset.summary)
        bind(self, "setSizes", preset.sizes)

    def setSummary(self, text: str) -> None:
        """What the plan is, in one sentence."""
        self._summary = text
        self._told()

    def setSizes(self, text: str) -> None:
        """How large it is."""
        self._sizes = text
        self._told()

    def _told(self) -> None:
        self.setAccessibleDescription(f"{self._summary} {self._sizes}")
        self.setToolTip(f"{self._summary}\n{self._sizes}")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _lines(self) -> tuple[int, int, int]:
        theme = of(self)
        faces = (theme.font(Type.LEAD, True), theme.font(Type.BODY), theme.font(Type.CAPTION))
        title, body, small = (QFontMetrics(face).height() for face in faces)
        return title, body, small

    def sizeHint(self) -> QSize:
        """A line for the title, two for what it is, one for the sizes."""
        title, body, small = self._lines()
        return QSize(of(self).scale.px(_WIDTH), title + 2 * body + small + space(9))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed in height."""
        return QSize(of(self).scale.px(_WIDTH) // 2, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """A long title goes over several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """With as many lines as the title needs at this width."""
        title, _body, _small = self._lines()
        return self.sizeHint().height() - title + self._title_high(width - space(8))

    def _title_high(self, width: int) -> int:
        metrics = QFontMetrics(of(self).font(Type.LEAD, True))
        room = QRect(0, 0, max(1, width), _ENDLESS)
        return max(metrics.height(), metrics.boundingRect(room, _WRAP, self.text()).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, title, summary, sizes."""
        theme = of(self)
        _title, body, small = self._lines()
        pad, wide = space(4), self.width() - space(8)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        with painting(self) as painter:
            hot = self.underMouse() or self.isDown()
            fill, edge = (
                theme.colour("sunken" if self.isDown() else "surface"),
                theme.colour("primary" if hot else "line"),
            )
            box(painter, QRectF(self.rect()), fill, edge, HAIRLINE)
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary"))
            top = space(3)
            painter.setFont(theme.font(Type.LEAD, True))
            painter.setPen(theme.colour("ink"))
            title = self._title_high(wide)
            painter.drawText(QRect(pad, top, wide, title), _WRAP, self.text())
            top += title + space(1)
            painter.setFont(theme.font(Type.BODY))
            self._paint_summary(painter, QRect(pad, top, wide, 2 * body))
            top += 2 * body + space(1)
            painter.setFont(theme.font(Type.CAPTION))
            painter.setPen(theme.colour("quiet"))
            elided(painter, QRect(pad, top, wide, small), middle, self._sizes)

    def _paint_summary(self, painter: QPainter, rect: QRect) -> None:
        """Two lines; what does not fit ends in an ellipsis, and the tip says all."""
        text, metrics = self._summary, painter.fontMetrics()
        most = round(2.5 * metrics.lineSpacing())
        while text and metrics.boundingRect(rect, _WRAP, text).height() > most:
            text = text.rstrip("…")[:-1].rstrip() + "…"
        painter.drawText(rect, _WRAP, text)


class Chooser(QWidget):
    """`chosen` carries a preset's id."""

    chosen = Signal(str)
    file_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[PresetCard] = []
        self.banner = ErrorBanner()
        self.open_button = Button(Say("scheme_screen.open"), icon="open")
        self.open_button.clicked.connect(self.file_wanted)
        self.cancel_button = Button(Say("scheme_screen.cancel"), kind="quiet")
        self.cancel_button.clicked.connect(self.cancelled)
        self.bar = ActionBar(self.open_button, self.cancel_button)
        self.bar.rest(Say("scheme_screen.choose_next"), Mark.READY)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, space(2), 0)
        self._grid.setSpacing(space(3))
        self.area = scrolled(inner)
        head = column(
            Words(Say("scheme_screen.choose_title"), Type.TITLE, strong=True),
            Words(Say("scheme_screen.choose_how"), tone="quiet"),
            gap=1,
        )
        body = column(head, self.banner, self.area, gap=3, margin=4)
        body.setStretch(2, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(rule())
        whole.addWidget(self.bar)

    def show_presets(self, presets: tuple[Preset, ...]) -> None:
        """Show the cards; they never change afterwards."""
        if self.cards:
            return
        for at, preset in enumerate(presets):
            card = PresetCard(preset)
            card.clicked.connect(lambda _checked=False, wanted=preset.id: self.chosen.emit(wanted))
            self.cards.append(card)
            self._grid.addWidget(card, at // _ACROSS, at % _ACROSS)
        for column_ in range(_ACROSS):
            self._grid.setColumnStretch(column_, 1)
        self._grid.setRowStretch(len(presets) // _ACROSS + 1, 1)
        if self.isVisible() and self.cards:
            self.cards[
                0
            ].show()  # the layout shows it only later, and nobody hidden takes the focus for certain
            self.cards[0].setFocus()
