"""The photograph in the identity form, as large as the form allows; or in words why there is none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import space
from ui.widgets.layout import Words
from ui.widgets.painting import painting
from ui.words import Say, bind_name
from venue_app.host.photos import Photo


class Picture(QWidget):
    """A picture, whole and in its own shape."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bind_name(self, Say("room.photo.name"))

    def show_data(self, data: bytes) -> bool:
        """Show these bytes; whether they are a picture."""
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(data)
        self.update()
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        """As an identity photograph stands: higher than wide."""
        return QSize(space(60), space(72))

    def minimumSizeHint(self) -> QSize:
        """On a small screen half of that still shows a face."""
        return QSize(space(30), space(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the middle of its place."""
        if self._pixmap.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = (self.size().toSizeF() * ratio).toSize()
        fitted = self._pixmap.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        wide, high = fitted.width() / ratio, fitted.height() / ratio
        with painting(self) as painter:
            painter.drawPixmap(int((self.width() - wide) / 2), int((self.height() - high) / 2), fitted)


class PhotoPart(QWidget):
    """The picture or the words."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.words = Words("", tone="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        layout.addWidget(self.words)

    def show_photo(self, photo: Photo) -> None:
        """Show what there is."""
        here = photo.state == "here" and self.picture.show_data(photo.data)
        self.picture.setVisible(here)
        if here:
            self.words.say(Say("room.photo.here"))
        else:
            self.words.say(Say("room.photo.none") if photo.state == "none" else Say("room.photo.lost"))
