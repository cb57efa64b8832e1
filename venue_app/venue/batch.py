"""Commands decided together: each on the state those before it leave, all written at one go, all answered after that."""

from __future__ import annotations

from dataclasses import dataclass, field

from venue_app.domain.record import Record
from venue_app.state import State, apply
from venue_app.venue.inbox import Reply, Request


@dataclass(slots=True)
class Batch:
    """What is to be written and who is to be told. `state` is what it will be after the write."""

    state: State
    written: list[Record] = field(default_factory=list)
    keep: dict[str, str] = field(default_factory=dict)
    """Secrets the entries promise, by name."""
    subs: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    """What every named submission led to."""
    _answers: list[tuple[Request, Reply | Exception]] = field(default_factory=list)

    def accept(self, request: Request, records: tuple[Record, ...], keep: dict[str, str]) -> None:
        """Fold in what was decided. A fault of the fold raises, and leaves everything as it was."""
        state = self.state
        for record in records:
            state = apply(state, record)
        self.state = state
        self.keep |= keep
        self.written.extend(records)
        if request.sub is not None and records:
            self.subs[request.sub] = records
        self.answer(request, Reply(records))

    def answer(self, request: Request, answer: Reply | Exception) -> None:
        """This is what the request will hear."""
        self._answers.append((request, answer))

    def tell(self) -> None:
        """Everyone hears."""
        for request, answer in self._answers:
            if isinstance(answer, Exception):
                request.future.set_exception(answer)
            else:
                request.future.set_result(answer)

    def failed(self, fault: Exception) -> None:
        """Nothing was written: everyone hears why, or the refusal of their own."""
        for request, answer in self._answers:
            request.future.set_exception(answer if isinstance(answer, Exception) else fault)
