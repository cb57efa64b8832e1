"""The JSON Schema of scheme files, made from the model, so that editors complete and check while typing."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.scheme.bounds import Bounds
from venue_app.scheme.components import KINDS, Component
from venue_app.scheme.formula import Formula
from venue_app.scheme.model import Plan
from venue_app.scheme.read import KIND_MODULES, keys
from venue_app.scheme.text import Text

_RATIO = {"type": "string", "pattern": r"^\s*[0-9]+\s*/\s*[0-9]+\s*$"}
_PHRASE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {lang: {"type": "string"} for lang in LANGUAGES},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}


def _meaning(model: Any, key: str) -> str:
    """What a key means, in English and Chinese."""
    named = Component if issubclass(model, Component) and key in keys(Component) else model
    return " / ".join(tr_in(lang, f"scheme_keys.{named.__name__}.{key}") for lang in ("en", "zh-CN"))


class _Maker:
    def __init__(self) -> None:
        self.defs: dict[str, Any] = {"Phrase": _PHRASE}

    def of(self, hint: Any) -> dict[str, Any]:
        origin = get_origin(hint)
        if origin is Annotated:
            kind, bounds = get_args(hint)[:2]
            return self.bounded(self.of(kind), bounds)
        if origin in {Union, types.UnionType}:
            return self.union(get_args(hint))
        if origin is Literal:
            return {"enum": list(get_args(hint))}
        if origin is tuple:
            item = get_args(hint)[0]
            whole = {"type": "array", "items": self.of(item)}
            return (
                {"anyOf": [whole, self.of(item)]} if is_dataclass(item) and item is not Component else whole
            )
        if hint is Text:
            return {"$ref": "#/$defs/Phrase"}
        if hint is Component:
            return {"oneOf": [self.ref(kind) for kind in KINDS.values()]}
        if is_dataclass(hint) and hint is not Formula:
            return self.ref(hint)
        simple = {str: "string", Formula: "string", int: "integer", bool: "boolean", Decimal: "number"}
        return {"type": simple[hint]}

    def union(self, hints: tuple[Any, ...]) -> dict[str, Any]:
        real = [h for h in hints if h is not types.NoneType]
        if len(real) == 1:
            return self.of(real[0])
        options: list[dict[str, Any]] = [{"type": "number"}]
        if str in real:
            options.append({"type": "string"})
        elif Fraction in real:
            options.append(_RATIO)
        return {"anyOf": options}

    def bounded(self, schema: dict[str, Any], bounds: Any) -> dict[str, Any]:
        if not isinstance(bounds, Bounds):
            return schema
        if "type" not in schema or schema["type"] == "array":
            least = bounds.low is not None and "array" in (
                schema.get("type"),
                *(o.get("type") for o in schema.get("anyOf", [])),
            )
            return {**schema, "minItems": bounds.low} if least and schema.get("type") == "array" else schema
        limits: dict[str, Any] = {}
        if bounds.low is not None:
            limits["exclusiveMinimum" if bounds.above else "minimum"] = bounds.low
        if bounds.high is not None:
            limits["maximum"] = bounds.high
        return {**schema, **limits}

    def ref(self, model: Any) -> dict[str, Any]:
        if model.__name__ not in self.defs:
            self.defs[model.__name__] = {}
            self.defs[model.__name__] = self.table(model)
        return {"$ref": f"#/$defs/{model.__name__}"}

    def table(self, model: Any) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        required: list[str] = []
        if issubclass(model, Component):
            properties["kind"] = {"const": model.kind}
            required.append("kind")
        for key, (spec, hint) in keys(model).items():
            properties[key] = {**self.of(hint), "description": _meaning(model, key)}
            if spec.default is MISSING and spec.default_factory is MISSING:
                required.append(key)
        doc = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        return {
            "type": "object",
            "description": doc,
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


def json_schema() -> str:
    """The whole schema as indented JSON text."""
    assert KIND_MODULES  # every kind of component is known once these are imported
    maker = _Maker()
    whole = maker.table(Plan)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "venue-app scheme", **whole}
    schema["$defs"] = dict(sorted(maker.defs.items()))
    return json.dumps(schema, ensure_ascii=False, indent=1)
