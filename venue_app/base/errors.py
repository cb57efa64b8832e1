"""Faults the user can do something about, kept apart from our own mistakes.

A `Known` carries a code (`roster.no_header`) and parameters, never a sentence:
the sentence is `roster.error.no_header` in the translation catalogues, so that
every screen and every station can say it in its own language. Any other exception is a bug of ours.
"""

from __future__ import annotations


class Known(Exception):
    """A fault with a sentence and a next step.

    `code` is `area.name`; `params` fill the placeholders of its sentence.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, object] = params

    def __reduce__(self) -> tuple[object, ...]:
        """How it passes to another process: its parameters are keywords, which pickling would not give back."""
        return _again, (type(self), self.code, self.params)

    def __str__(self) -> str:
        if not self.params:
            return self.code
        return f"{self.code} ({', '.join(f'{k}={v}' for k, v in self.params.items())})"


def _again(kind: type[Known], code: str, params: dict[str, object]) -> Known:
    return kind(code, **params)
