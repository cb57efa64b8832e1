"""Where each key of a TOML text stands, so that an error can name its line.

The text has already been accepted by a TOML parser; this walk only finds places.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_BARE_END = frozenset(",]}\n#")


@dataclass(frozen=True, slots=True)
class Place:
    """Line (from 1) of a key, and the span of its value in the text; a table header has an empty span."""

    line: int
    start: int
    end: int


@dataclass(slots=True)
class _Walk:
    text: str
    pos: int = 0
    places: dict[Path, Place] = field(default_factory=dict)
    arrays: dict[Path, int] = field(default_factory=dict)

    def line(self, pos: int) -> int:
        return self.text.count("\n", 0, pos) + 1

    def more(self) -> bool:
        return self.pos < len(self.text)

    def peek(self, length: int = 1) -> str:
        return self.text[self.pos : self.pos + length]

    def skip(self, blank: str = " \t\r\n") -> None:
        """Pass blanks and, where line ends are blanks, comments."""
        while self.more():
            char = self.text[self.pos]
            if char == "#" and "\n" in blank:
                end = self.text.find("\n", self.pos)
                self.pos = len(self.text) if end < 0 else end
            elif char in blank:
                self.pos += 1
            else:
                return

    def string(self) -> str:
        quote = self.peek()
        mark = quote * 3 if self.peek(3) == quote * 3 else quote
        start = self.pos = self.pos + len(mark)
        while self.peek(len(mark)) != mark:
            self.pos += 2 if quote == '"' and self.peek() == "\\" else 1
        end = self.pos
        self.pos += len(mark)
        while len(mark) == 3 and self.peek() == quote:  # up to two quotes may touch the closing mark
            self.pos += 1
            end += 1
        return self.text[start:end]

    def key(self) -> tuple[str, ...]:
        """A dotted key."""
        parts: list[str] = []
        while True:
            self.skip(" \t")
            if self.peek() in {'"', "'"}:
                parts.append(self.string())
            else:
                start = self.pos
                while self.more() and self.text[self.pos] not in " \t.=]":
                    self.pos += 1
                parts.append(self.text[start : self.pos])
            self.skip(" \t")
            if self.peek() != ".":
                return tuple(parts)
            self.pos += 1

    def value(self, path: Path) -> None:
        char = self.peek()
        if char in {'"', "'"}:
            self.string()
        elif char == "[":
            self.items(path)
        elif char == "{":
            self.pos += 1
            self.skip()
            while self.peek() != "}":
                self.pair(path)
                self.skip()
                self.pos += self.peek() == ","
                self.skip()
            self.pos += 1
        else:
            while self.more() and self.text[self.pos] not in _BARE_END:
                self.pos += 1

    def items(self, path: Path) -> None:
        self.pos += 1
        index = 0
        self.skip()
        while self.peek() != "]":
            start = self.pos
            self.value((*path, index))
            self.places[(*path, index)] = Place(self.line(start), start, self.pos)
            index += 1
            self.skip()
            self.pos += self.peek() == ","
            self.skip()
        self.pos += 1

    def pair(self, base: Path) -> None:
        at = self.pos
        name = self.key()
        self.pos += 1  # the equals sign
        self.skip(" \t")
        start = self.pos
        path = (*base, *name)
        self.value(path)
        end = start + len(self.text[start : self.pos].rstrip())
        for cut in range(1, len(name)):
            self.places.setdefault((*base, *name[:cut]), Place(self.line(at), start, start))
        self.places[path] = Place(self.line(at), start, end)

    def header(self) -> Path:
        at = self.pos
        double = self.peek(2) == "[["
        self.pos += 2 if double else 1
        name = self.key()
        self.pos += 2 if double else 1
        path: Path = ()
        for index, part in enumerate(name):
            path = (*path, part)
            last = index == len(name) - 1
            if last and double:
                self.arrays[path] = self.arrays.get(path, -1) + 1
            place = Place(self.line(at), self.pos, self.pos)
            self.places.setdefault(path, place)
            if path in self.arrays:
                path = (*path, self.arrays[path])
                self.places.setdefault(path, place)
        return path

    def run(self) -> dict[Path, Place]:
        base: Path = ()
        self.skip()
        while self.more():
            if self.peek() == "[":
                base = self.header()
            else:
                self.pair(base)
            self.skip()
        return self.places


def locate(text: str) -> dict[Path, Place]:
    """The place of every key and array item of a valid TOML text, by path."""
    return _Walk(text).run()


def line_of(places: dict[Path, Place], path: Path) -> int:
    """The line of `path`, or of the nearest thing that holds it; 1 when nothing does."""
    while path:
        if path in places:
            return places[path].line
        path = path[:-1]
    return 1


def dotted(path: Path) -> str:
    """A path as people read it, counting list items from 1: `groups[1].criteria[3].step`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out
