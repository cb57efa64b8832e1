"""What the page shows and when: examining beside the window, and adopting."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui import tasks
from ui.phrases import Phrase
from ui.screens.scheme.draft import Draft, Edit, Examined, examined, remarks
from ui.screens.scheme.fields import Field, Form, Remark
from ui.screens.scheme.page import SchemePage
from ui.screens.scheme.plan import plan_parts
from ui.screens.scheme.port import DROPS_ROSTER, Office, in_force
from ui.words import Say, Text, follow
from venue_app.base import i18n
from venue_app.base.errors import Known
from venue_app.scheme import Scheme, preset_text

_PAUSE_MS = 150
"""After so long without a key the plan is examined."""


class Desk(QObject):
    """One plan on the desk. `begun` when it can be seen, `adopted` with its text when it was taken."""

    begun = Signal()
    adopted = Signal(str)

    def __init__(self, page: SchemePage, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = parent  # lives while an examination is under way
        self._page, self._office = page, office
        self.draft: Draft | None = None
        self.found: Examined | None = None
        self._drafts: dict[tuple[str, str, str], Draft] = {}
        self._form: Form | None = None
        self._at_first: dict[str, Field] = {}
        self._before: Scheme | None = None
        self._good: Scheme | None = None
        self._wanted = 0
        self._pending = self._sending = False
        self._sent: Draft | None = None
        self._beside: dict[str, list[Remark]] = {}
        self._at = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._examine)
        page.form.typed.connect(self.typed)
        page.next_problem.connect(self.next_problem)
        page.bar.pressed.connect(self.press)
        page.bar.held.connect(lambda: self._send(drop_roster=True))
        page.roster.closed.connect(self._show_action)
        follow(self, self._speak)

    # ---- where a plan comes from ----

    def take_preset(self, preset_id: str) -> None:
        """Begin with a preset."""
        self._begin(Draft("preset", preset_id, preset_text(preset_id)))

    def take_event(self) -> None:
        """Begin with the event's own plan."""
        scheme = in_force(self._office)
        if scheme is not None:
            self._begin(Draft("event", scheme.id, scheme.text))

    def take_file(self, name: str, text: str) -> None:
        """Begin with a file's text."""
        self._begin(Draft("file", name, text))

    def _begin(self, draft: Draft) -> None:
        """Another plan; what was typed into one that comes again is still there."""
        if self.draft is not None:
            self._drafts[_known_by(self.draft)] = self.draft
        self.draft = self._drafts.get(_known_by(draft), draft)
        self._put_away()
        self._pause.stop()
        self._look(self.draft)
        self.begun.emit()

    def _look(self, draft: Draft) -> None:
        """The plan as it came, then what was typed into it."""
        plain = examined(replace(draft, edits={}))
        self._form, self._good, self._at = plain.form, plain.scheme, ""
        self._before = in_force(self._office) or plain.scheme
        self._at_first = plain.form.by_key() if plain.form is not None else {}
        if plain.form is not None:
            typed = {key: edit.typed for key, edit in draft.edits.items()}
            self._page.form.show_new(plain.form.with_typed(typed))
        self._wanted += 1
        self._show(examined(draft) if draft.edits else plain)

    def _put_away(self) -> None:
        """Questions and news about the plan as it was."""
        for banner in (self._page.banner, self._page.note, self._page.roster, self._page.leaving):
            banner.hide()

    @property
    def changed(self) -> bool:
        """Whether anything would be lost by going away."""
        return self.draft is not None and bool(self.draft.edits)

    # ---- typing and examining ----

    def typed(self, key: str, text: str) -> None:
        """Something was typed into a field."""
        field = self._at_first.get(key)
        if self.draft is None or field is None:
            return
        self.draft = self.draft.typed(key, Edit(field.kind, text, field.optional), field.shown)
        self._pending = True
        self._put_away()
        self._pause.start()

    def _examine(self) -> None:
        draft = self.draft
        if draft is None:
            return
        self._pending = True
        self._wanted += 1
        number = self._wanted
        tasks.run(lambda _progress: examined(draft), owner=self, done=partial(self._took, number))

    def _took(self, number: int, found: Examined) -> None:
        if number == self._wanted:
            self._show(found)

    def _show(self, found: Examined) -> None:
        self._pending = self._pause.isActive()
        self.found = found
        if found.form is not None:
            self._form, self._good = found.form, found.scheme
            self._page.form.show_form(found.form)
        self._show_words()

    def _speak(self) -> None:
        """Another language: words in the editors are those of the language in force."""
        if self.draft is not None:
            asked = not self._page.roster.isHidden()
            self._look(self.draft)
            if asked:
                self._ask_to_drop()

    # ---- showing ----

    def _show_words(self) -> None:
        found, page = self.found, self._page
        if found is None:
            return
        scheme = self._good
        title: Text = Phrase(scheme.title) if scheme is not None else found.draft.source
        page.show_head(title, self._origin(found.draft), from_file=found.draft.origin == "file")
        self._beside, rest = remarks(found, self._form or Form(()))
        page.show_rest(rest, formless=self._form is None)
        page.form.show_remarks(self._beside)
        page.stale.setVisible(found.good is None)
        page.stale.say(
            Say("scheme_screen.plan_old") if scheme is not None else Say("scheme_screen.plan_none")
        )
        page.plan.show_parts(plan_parts(scheme, self._before, i18n.language()) if scheme is not None else ())
        page.show_digest(found.digest, known=found.good is not None)
        page.save.setEnabled(found.good is not None)
        self._show_action()

    def _origin(self, draft: Draft) -> Text:
        if draft.origin == "event":
            return Say("scheme_screen.from_event")
        if draft.origin == "file":
            return Say("scheme_screen.from_file", name=draft.source)
        return Say("scheme_screen.from_preset", name=draft.source)

    def _show_action(self) -> None:
        found, bar = self.found, self._page.bar
        if found is None:
            return
        words = Say("scheme_screen.adopt")
        self._page.jump.setVisible(found.errors > 0 and self._form is not None)
        if self._form is None:
            bar.offer(Say("scheme_screen.reread"))
            return
        scheme = in_force(self._office)
        if found.errors:
            bar.refuse(words, Say("scheme_screen.to_mend", count=found.errors, first=self._first_error()))
        elif scheme is not None and scheme.text == found.text:
            bar.refuse(words, Say("scheme_screen.unchanged"))
        else:
            bar.offer(words)

    def _first_error(self) -> Text:
        every = [remark for key in self._in_order() for remark in self._beside[key] if remark.error]
        return every[0].text if every else ""

    def _in_order(self) -> list[str]:
        keys = [] if self._form is None else [field.key for field in self._form.fields()]
        return [key for key in keys if any(remark.error for remark in self._beside.get(key, ()))]

    def next_problem(self) -> None:
        """Go to the next field that must be put right."""
        keys = self._in_order()
        if keys:
            at = keys.index(self._at) + 1 if self._at in keys else 0
            self._at = keys[at % len(keys)]
            self._page.form.go(self._at)

    # ---- adopting ----

    def press(self) -> None:
        """The next step: read a file again that could not be used, or adopt the plan."""
        if self.draft is not None and self._form is None:
            self._page.reread.emit()
        else:
            self.adopt()

    def adopt(self) -> None:
        """Take the plan as it stands, the last key included; not the one that is in force already."""
        good, now = self.settled(), in_force(self._office)
        if good is not None and (now is None or now.text != good.text):
            self._send(drop_roster=False)

    def settled(self) -> Scheme | None:
        """The plan with the last key in it, when it can be used."""
        if self.draft is not None and self._pending:
            self._pause.stop()
            self._wanted += 1
            self._show(examined(self.draft))
        return None if self.found is None else self.found.good

    def _send(self, *, drop_roster: bool) -> None:
        found = self.found
        if found is None or found.good is None or self._sending:
            return
        self._sending, self._sent = True, self.draft
        self._page.banner.hide()
        self._office.adopt(
            found.text,
            drop_roster=drop_roster,
            done=partial(self._done, found.text),
            refused=self._refused,
            asker=self._page.window(),
        )

    def _done(self, text: str) -> None:
        """It is in force. What was typed since is not in it: then the plan stays on the desk."""
        self._sending = False
        if self.draft is self._sent:
            self.adopted.emit(text)
            return
        self._before = in_force(self._office)
        self._show_words()

    def _refused(self, fault: Known) -> None:
        self._sending = False
        if fault.code == DROPS_ROSTER:
            self._ask_to_drop()
        else:
            self._page.banner.show_known(fault)

    def _ask_to_drop(self) -> None:
        """The roster would have to be imported again: that is held."""
        self._page.roster.show_text(Say("scheme_screen.drops_roster"))
        self._page.bar.offer_held(Say("scheme_screen.adopt_drop"), tone="seal")


def _known_by(draft: Draft) -> tuple[str, str, str]:
    return draft.origin, draft.source, draft.base
