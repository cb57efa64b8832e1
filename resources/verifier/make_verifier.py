"""Puts `verifier.html` together from its sources: `python make_verifier.py` writes it, `python make_verifier.py --check` compares.

One file that opens from a USB stick: modules in the order they need one another, each in a scope of its own, the
style, and the sentences of the catalogues. Its policy allows nothing but this script and this style, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE / "src"
TARGET = HERE / "verifier.html"
TRANSLATIONS = HERE.parent / "translations"
LANGUAGES = ("zh-CN", "zh-TW", "en")
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return found


def _words() -> str:
    tables = {
        language: _flat(tomllib.loads((TRANSLATIONS / language / "verifier.toml").read_text("utf-8")))
        for language in LANGUAGES
    }
    return json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True).replace("<", "\\u003c")


def _wrapped(name: str, done: dict[str, str]) -> None:
    """A module after all those it imports, as a function's scope that returns what it exports."""
    if name in done:
        return
    done[name] = ""  # a circle of imports would come back here and find nothing
    text = (SOURCES / f"{name}.js").read_text("utf-8")
    for _names, other in IMPORT.findall(text):
        _wrapped(other, done)
        if not done[other]:
            raise SystemExit(f"{name}.js and {other}.js import each other")
    body = IMPORT.sub(lambda found: f"const {{{found[1]}}} = {found[2]}_js;\n", text)
    exported = EXPORT.findall(body)
    body = EXPORT.sub("", body).strip()
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise SystemExit(f"{name}.js imports or exports in another way")
    del done[name]  # behind those it needs
    done[name] = f"const {name}_js = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def build() -> str:
    """The whole page."""
    modules: dict[str, str] = {}
    _wrapped("main", modules)
    script = f'"use strict";\nconst WORDS = {_words()};\n' + "\n".join(modules.values())
    style = (SOURCES / "style.css").read_text("utf-8")
    digests = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("script", script), ("style", style))
    }
    page = (SOURCES / "page.html").read_text("utf-8")
    for mark, text in (
        ("SCRIPT_DIGEST", digests["script"]),
        ("STYLE_DIGEST", digests["style"]),
        ("STYLE", style),
        ("SCRIPT", script),
    ):
        page = page.replace(f"{{{{{mark}}}}}", text, 1)
    return page


def main() -> None:
    """Write the page, or say whether it is what its sources give."""
    made = build().encode()
    if "--check" in sys.argv[1:]:
        raise SystemExit(
            0 if TARGET.read_bytes() == made else "verifier.html is not the build of its sources"
        )
    TARGET.write_bytes(made)


if __name__ == "__main__":
    main()
