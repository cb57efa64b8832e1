"""Where the checks of several files meet: it asks the questions, remembers the answers, notes the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.roster.findings import CODES, Finding
from venue_app.roster.plan import Choice, Question
from venue_app.roster.rows import Where


def at(code: str, where: Where | None = None, key: str = "", original: str = "", **params: object) -> Finding:
    """A finding about a row read earlier."""
    said = tuple((name, str(value)) for name, value in params.items())
    if where is None:
        return Finding(CODES[code], code, params=said)
    return Finding(
        CODES[code], code, where.file, where.sheet, where.cell(key), where.row, original, None, said
    )


def choice(identifier: str, code: str, **params: object) -> Choice:
    """One answer with the words its sentence needs."""
    return Choice(identifier, code, tuple((name, str(value)) for name, value in params.items()))


class Desk:
    """Mutable while a plan is made, and only then."""

    def __init__(self, decisions: Mapping[str, str]) -> None:
        self.decisions = decisions
        self.questions: list[Question] = []
        self.findings: list[Finding] = []

    def note(self, found: Finding) -> Finding:
        """Remember a finding."""
        self.findings.append(found)
        return found

    def ask(
        self,
        identifier: str,
        code: str,
        choices: Sequence[Choice],
        finding: Finding | None = None,
        proposed: str | None = None,
        **params: object,
    ) -> str | None:
        """The answer in force: decided, else proposed, else None.

        A decision that is none of the choices (another answer took it away) leaves the question open:
        falling back to the proposal would overrule a person in silence.
        """
        ids = {item.id for item in choices}
        decided = self.decisions.get(identifier)
        usable = proposed if proposed in ids and (decided is None or decided in ids) else None
        decided = decided if decided in ids else None
        said = tuple((name, str(value)) for name, value in params.items())
        self.questions.append(Question(identifier, code, tuple(choices), usable, decided, finding, said))
        return decided if decided is not None else usable
