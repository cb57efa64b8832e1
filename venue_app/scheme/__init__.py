"""The scheme (方案): a county's plan as a TOML file, never as code.

    scheme = load_scheme(text, "plan.toml")     # raises Known: scheme.unknown_key, scheme.number …
    scheme, problems = examine(text, source)    # the same, with every fault and doubt listed
    preset_ids() -> ("s0-county-self-nomination", …);  preset_text(id) -> str

`Scheme` (frozen): `id`, `title` (`Text`: `.say("en")`), `language` (of printed forms), `digest`
(SHA-256 hex of the exact bytes), `text`, and

* `groups`: judge groups (`Group`: `id`, `title`, `seats`, `minimum`, `scope` room|post|event, `chief`,
  `criteria`, `trim`, `take`, `rounding`, `maximum`, `places`); `Criterion`: `id`, `title`, `maximum`,
  `minimum`, `step`, `weight`, `look_for`, `bands` (`Band`: `title`, `low`, `high`).
* `stages`: `Stage`: `id`, `title`, `limit_s`, `warnings_s`, `at_end` bell|cut|overrun|penalty, `penalties`.
* `components`: tagged by their class and `.kind` (`Imported`, `Entered`, `Panel`, `Sum`, …), each with `id`,
  `title`, `later` (comes after the venue). `scheme.maximum(id)` gives full marks where they are known.
* `composite`: id of the component printed as 综合成绩; its `terms` (`of`, `weight`) are the printed columns.
* `rounds`: each cut: `by`, `gates` (`of`, `at_least`/`above`, `out_of`), `ratio`, `ties_at_cut`, `rank_style`.
* `intake`: `minimum_entries`, `below` (cancel|keep), `move`.
* `choices`: readings taken where the official document is silent. `stated`: keys the file states itself
  (`"groups[1].trim"`); whatever is not among them is a documented default.
"""

from venue_app.scheme.components import Component, Entered, Imported, Panel, Sum, Term
from venue_app.scheme.judging import Band, Criterion, Group, Penalty, Rounding, Stage, Trim
from venue_app.scheme.load import Problem, examine, load_scheme, preset_ids, preset_text
from venue_app.scheme.model import Plan, Scheme
from venue_app.scheme.rounds import Gate, Intake, Round
from venue_app.scheme.text import Text

__all__ = [
    "Band",
    "Component",
    "Criterion",
    "Entered",
    "Gate",
    "Group",
    "Imported",
    "Intake",
    "Panel",
    "Penalty",
    "Plan",
    "Problem",
    "Round",
    "Rounding",
    "Scheme",
    "Stage",
    "Sum",
    "Term",
    "Text",
    "Trim",
    "examine",
    "load_scheme",
    "preset_ids",
    "preset_text",
]
