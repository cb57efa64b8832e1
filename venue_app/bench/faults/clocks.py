"""Clocks for the trials: one that runs faster than life, and one whose calendar is set by hand."""

from __future__ import annotations

from venue_app.base.clock import SystemClock


class FastClock:
    """Everything `speed` times as fast, from now on."""

    def __init__(self, speed: float) -> None:
        self._speed, self._real = speed, SystemClock()
        self._wall, self._mono = self._real.wall_ms(), self._real.mono_ms()

    def wall_ms(self) -> int:
        """The calendar as it would be."""
        return self._wall + self.mono_ms() - self._mono

    def mono_ms(self) -> int:
        """Milliseconds gone by, many times as many as there were."""
        return self._mono + int((self._real.mono_ms() - self._mono) * self._speed)

    def slept_ms(self) -> int:
        """It never sleeps."""
        return 0


class SetClock:
    """The machine's own, but that somebody sets the calendar: `ahead_ms` may change at any time."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.ahead_ms = 0

    def wall_ms(self) -> int:
        """The calendar as it was set."""
        return self._real.wall_ms() + self.ahead_ms

    def mono_ms(self) -> int:
        """What no setting moves."""
        return self._real.mono_ms()

    def slept_ms(self) -> int:
        """The machine's own."""
        return self._real.slept_ms()
