"""The clock of a stage, large: what is left, the bar of the limit, its warnings.

    face = ClockFace()
    face.set_offset(server_ms - local_mono_ms)       whenever the offset is measured anew
    face.show_reading(ClockReading("running", elapsed_ms=12_000, as_of_ms=server_ms, limit_ms=480_000,
                                   warnings_ms=(60_000,)), Say("room.stage.speech"))

The face never counts by itself: between readings it extrapolates from the server's time, and it
repaints only when a visible second or pixel of the bar changes, ten times a second at most.
Without a limit (`limit_ms` 0) it counts up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import RADIUS, Type, of, space
from ui.widgets.painting import elided, painting, shape
from ui.words import Say, Text, bind
from venue_app.base.clock import SystemClock

ClockState = Literal["idle", "running", "paused", "ended"]
_REPAINT_MS = 100
ALARM_MS = 10_000
"""How long a warning stands."""
_SPACE_ABOVE_DIGITS = 1.25


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the host last said about a clock; all times in milliseconds, `as_of_ms` by the server's clock."""

    state: ClockState
    elapsed_ms: int
    as_of_ms: int
    limit_ms: int = 0
    warnings_ms: tuple[int, ...] = ()
    """What is left when a warning sounds: (60_000,) is one minute before the end."""
    penalties: tuple[tuple[int, str], ...] = ()
    """From which whole second over how many points are lost: ((1, "0.02"), (11, "0.05"))."""

    def elapsed_at(self, server_ms: int) -> int:
        """Elapsed time when the server's clock shows `server_ms`."""
        if self.state != "running":
            return self.elapsed_ms
        return self.elapsed_ms + max(0, server_ms - self.as_of_ms)


def alarm_of(reading: ClockReading, elapsed_ms: int) -> Text:
    """What is said loudly: for a while after each warning what is left, past the end that time is up; else ''."""
    left = reading.limit_ms - elapsed_ms
    if reading.state not in ("running", "paused") or reading.limit_ms <= 0:
        return ""
    if left <= 0:
        lost = [points for second, points in reading.penalties if -left // 1000 >= second]
        return Say("ui.clock.up_penalty", points=lost[-1]) if lost else Say("ui.clock.up")
    due = [w for w in reading.warnings_ms if w - ALARM_MS < left <= w]
    return Say("ui.clock.left", time=_minutes(min(due) // 1000)) if due else ""


def clock_text(elapsed_ms: int, limit_ms: int) -> str:
    """8:00 down to 0:00, then +0:01 upward; without a limit 0:00 upward.

    A second is shown until it has wholly passed, so that a limit of 8 minutes starts at 8:00 and
    0:00 appears at the very end.
    """
    if limit_ms <= 0:
        return _minutes(elapsed_ms // 1000)
    left = limit_ms - elapsed_ms
    if left >= 0:
        return _minutes(-(-left // 1000))
    return "+" + _minutes(-left // 1000)


def _minutes(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return f"{rest // 60}:{rest % 60:02d}"


_STATES: dict[str, tuple[str, str, Say]] = {
    "idle": ("circle", "quiet", Say("ui.clock.idle")),
    "running": ("half", "primary", Say("ui.clock.running")),
    "warned": ("half", "wait", Say("ui.clock.warned")),
    "paused": ("pause", "wait", Say("ui.clock.paused")),
    "overrun": ("alarm", "alarm", Say("ui.clock.overrun")),
    "ended": ("check", "done", Say("ui.clock.ended")),
}


class ClockFace(QWidget):
    """Large digits, a word for the state, the bar of the limit."""

    def __init__(
        self,
        now_ms: Callable[[], int] | None = None,
        *,
        least: Type = Type.HERO,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now_ms or SystemClock().mono_ms
        self._offset = 0
        self._least = least
        self._reading = ClockReading("idle", 0, 0)
        self._caption = self._word = self._alarm = ""
        self._drawn: tuple[str, int, str, Text] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_REPAINT_MS)
        self._timer.timeout.connect(self.tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell_state()

    def set_offset(self, offset_ms: int) -> None:
        """Server's milliseconds minus those of `now_ms`."""
        self._offset = offset_ms
        self.tick()

    def show_reading(self, reading: ClockReading, caption: Text = "") -> None:
        """Take what the host says; `caption` names the stage."""
        self._reading = reading
        bind(self, "setCaption", caption)
        self._run_timer()
        self._tell_state()
        self.update()

    def setCaption(self, text: str) -> None:
        """The stage, already in the reader's language."""
        self._caption = text
        self._name()

    def setWord(self, text: str) -> None:
        """The state's word, already in the reader's language."""
        self._word = text
        self._name()

    def setAlarm(self, text: str) -> None:
        """What is said loudly, already in the reader's language; '' for nothing."""
        self._alarm = text
        self._name()

    @property
    def alarm(self) -> str:
        """What stands in the band of the alarm now."""
        return self._alarm

    @property
    def elapsed_ms(self) -> int:
        """Elapsed time at this moment, extrapolated."""
        return self._reading.elapsed_at(self._now() + self._offset)

    @property
    def text(self) -> str:
        """The digits as shown."""
        return clock_text(self.elapsed_ms, self._reading.limit_ms)

    @property
    def state(self) -> str:
        """idle, running, warned, paused, overrun, ended."""
        reading = self._reading
        left = reading.limit_ms - self.elapsed_ms
        if reading.state != "running":
            return reading.state
        if reading.limit_ms and left < 0:
            return "overrun"
        if reading.limit_ms and reading.warnings_ms and left <= max(reading.warnings_ms):
            return "warned"
        return "running"

    def tick(self) -> None:
        """Repaint if anything that can be seen has changed."""
        seen = (self.text, self._filled(), self.state, alarm_of(self._reading, self.elapsed_ms))
        if seen == self._drawn:
            return
        if self._drawn is None or self._drawn[2:] != seen[2:]:
            self._tell_state()
        self._drawn = seen
        self.update()

    def _tell_state(self) -> None:
        bind(self, "setWord", _STATES[self.state][2])
        bind(self, "setAlarm", alarm_of(self._reading, self.elapsed_ms))

    def _name(self) -> None:
        words = (self._caption, self._word, self.text, self._alarm)
        self.setAccessibleName(" ".join(word for word in words if word))
        self.update()

    def _run_timer(self) -> None:
        if self._reading.state == "running" and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Count only while seen."""
        self._run_timer()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Count only while seen."""
        self._timer.stop()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """Digits of twice the least size."""
        least = self.minimumSizeHint()
        return QSize(least.width() * 2, least.height() * 2)

    def minimumSizeHint(self) -> QSize:
        """Digits of the least size, with caption and bar."""
        theme = of(self)
        digits = QFontMetrics(theme.font(self._least, True))
        head = QFontMetrics(theme.font(Type.BODY)).height()
        wide = _cells_width(digits, "+00:00")
        return QSize(wide + space(2), round(digits.height() + head + space(8)))

    def _filled(self) -> int:
        """Pixels of the bar that are filled."""
        if self._reading.limit_ms <= 0:
            return 0
        share = min(self.elapsed_ms, self._reading.limit_ms) / self._reading.limit_ms
        return round(share * self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caption and state above, digits in the middle, bar below."""
        theme = of(self)
        state = self.state
        _shape, tone, _word = _STATES[state]
        with painting(self) as painter:
            head = 0 if self._alarm and not self._roomy() else self._paint_head(painter)
            head += self._paint_alarm(painter, head)
            bar = self._paint_bar(painter, tone) if self._reading.limit_ms > 0 else 0
            digits = "ink" if state in ("idle", "running", "ended") else tone
            painter.setPen(theme.colour(digits))
            self._paint_digits(painter, QRect(0, head, self.width(), self.height() - head - bar))

    def _roomy(self) -> bool:
        """Whether caption, alarm, digits and bar all stand one above the other; else the alarm takes the caption's line."""
        caption = QFontMetrics(of(self).font(Type.BODY, True)).height()
        digits = QFontMetrics(of(self).font(self._least, True)).capHeight() * _SPACE_ABOVE_DIGITS
        return self.height() >= caption + self._alarm_height() + space(2) + digits + self._bar_height()

    def _alarm_height(self) -> int:
        return max(of(self).scale.px(space(7)), min(self.height() // 6, space(24)))

    def _bar_height(self) -> int:
        return max(space(2), of(self).scale.px(space(2))) + 2 * space(1)

    def _paint_head(self, painter: QPainter) -> int:
        theme = of(self)
        name, tone, _word = _STATES[self.state]
        face = theme.font(Type.BODY, True)
        gaps = 2 * space(3)
        needed = QFontMetrics(face).horizontalAdvance(self._caption + self._word) + 2 * face.pixelSize()
        if needed + gaps > self.width() > gaps:  # both words whole, smaller, rather than one of them cut
            face.setPixelSize(max(8, face.pixelSize() * (self.width() - gaps) // needed))
        painter.setFont(face)
        high = painter.fontMetrics().height()
        edge = round(high * 0.75)
        wide = painter.fontMetrics().horizontalAdvance(self._word)
        left = self.width() - wide - edge - space(1.5)
        painter.setPen(theme.colour("quiet"))
        middle = Qt.AlignmentFlag.AlignVCenter
        elided(painter, QRect(0, 0, max(0, left - space(2)), high), middle, self._caption)
        shape(
            painter,
            name,
            QRectF(left, (high - edge) / 2, edge, edge),
            theme.colour(tone),
            theme.colour("surface"),
        )
        painter.setPen(theme.colour(tone))
        painter.drawText(QRect(self.width() - wide, 0, wide + 1, high), middle, self._word)
        return high

    def _paint_alarm(self, painter: QPainter, top: int) -> int:
        """The band of the alarm: a shape and words on a full ground, told from everything else without colour."""
        if not self._alarm:
            return 0
        theme = of(self)
        tone = "alarm" if self.state == "overrun" else "wait"
        high = self._alarm_height()
        band = QRect(0, top + space(1), self.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(QRectF(band), RADIUS, RADIUS)
        face = theme.font(Type.BODY, True)
        face.setPixelSize(round(high * 0.55))
        edge = round(high * 0.6)
        room = band.width() - edge - 3 * space(2)
        wide = QFontMetrics(face).horizontalAdvance(self._alarm)
        if wide > room > 0:
            face.setPixelSize(max(8, face.pixelSize() * room // wide))
            wide = QFontMetrics(face).horizontalAdvance(self._alarm)
        left = band.center().x() - (edge + space(2) + wide) // 2
        at = QRectF(left, band.top() + (high - edge) / 2, edge, edge)
        shape(painter, "alarm", at, theme.colour("surface"), theme.colour(tone))
        painter.setFont(face)
        painter.setPen(theme.colour("surface"))
        words = QRect(left + edge + space(2), band.top(), wide + 2, high)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._alarm)
        return high + space(2)

    def _paint_digits(self, painter: QPainter, rect: QRect) -> None:
        text = self.text
        face = self._digit_font(rect, text)
        metrics = QFontMetrics(face)
        painter.setFont(face)
        at = rect.center().x() - _cells_width(metrics, text) // 2
        base = rect.center().y() + metrics.capHeight() // 2
        for sign in text:
            cell = _cell_width(metrics, sign)
            painter.drawText(at + (cell - metrics.horizontalAdvance(sign)) // 2, base, sign)
            at += cell

    def _digit_font(self, rect: QRect, text: str) -> QFont:
        """The largest size that fits, never below the least."""
        theme = of(self)
        least = theme.font(self._least, True)
        wide = _cells_width(QFontMetrics(least), text)
        by_width = least.pixelSize() * (rect.width() - space(2)) / max(1, wide)
        by_height = rect.height() / _SPACE_ABOVE_DIGITS
        size = max(least.pixelSize(), round(min(by_width, by_height)))
        face = theme.font(self._least, True)
        face.setPixelSize(size)
        return face

    def _paint_bar(self, painter: QPainter, tone: str) -> int:
        theme, reading = of(self), self._reading
        high = self._bar_height() - 2 * space(1)
        top = self.height() - high - space(1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        radius = min(RADIUS, high / 2)
        painter.drawRoundedRect(QRectF(0, top, self.width(), high), radius, radius)
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(QRectF(0, top, self._filled(), high), radius, radius)
        painter.setBrush(theme.colour("ink"))
        for left in reading.warnings_ms:
            at = self.width() * (reading.limit_ms - left) / reading.limit_ms
            painter.drawRect(QRectF(at - 1, top - space(1), 2, high + space(2)))
        return self._bar_height()


def _cell_width(metrics: QFontMetrics, sign: str) -> int:
    return metrics.horizontalAdvance("0" if sign.isdigit() else sign)


def _cells_width(metrics: QFontMetrics, text: str) -> int:
    return sum(_cell_width(metrics, sign) for sign in text)
