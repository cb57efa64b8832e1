"""The scheme (方案): a county's plan as a TOML file, never as code (docs/schemes.md).

    scheme = load_scheme(text, "plan.toml")     # raises Known: scheme.unknown_key, scheme.number …
    scheme, problems = examine(text, source)    # the same, with every fault and doubt listed
    preset_ids() -> ("s0-county-self-nomination", …);  preset_text(id) -> str
    explain(scheme, lang) -> paragraphs of `Line(text, default, keys)`;  plain_text(scheme, lang) -> str
    set_value(text, "groups[1].seats", 9) -> text;  get_value;  common_keys(text): what a form may offer

`Scheme` (frozen): `id`, `title` (`Text`: `.say("en")`), `language` (of printed forms), `digest`
(SHA-256 hex of the exact bytes), `text`, and

* `groups`: judge groups (`Group`: `id`, `title`, `seats`, `minimum`, `scope` room|post|event, `chief`,
  `criteria`, `trim`, `take`, `rounding`, `per`, `maximum`, `places`); `Criterion`: `id`, `title`, `maximum`,
  `minimum`, `step`, `weight`, `look_for`, `bands` (`Band`: `title`, `low`, `high`).
* `stages`: `Stage`: `id`, `title`, `limit_s`, `warnings_s`, `at_end` bell|cut|overrun|penalty, `penalties`.
* `ballots`: `Ballot`: `id`, `title`, `kind`, `within`, `grades`, `items`, `classes`, `answers()`, `per` ….
* `components`: tagged by their class and `.kind` (`KINDS`), each with `id`, `title`, `later` (comes after the
  venue), `made_of()`. `scheme.maximum(id)` gives full marks where they are known.
* `composite`: id of the component printed as 综合成绩; of a `Sum`, `terms` (`of`, `weight`) are the printed columns.
* `rounds`: each cut: `by`, `gates` (`of`, `at_least`/`above`, `out_of`), `ratio`, `ties_at_cut`, `rank_style` ….
* `intake`: `minimum_entries`, `minimum_ratio`, `below` (cancel|reduce|keep), `move`. `post_outcomes`.
* `choices`: readings taken where the official document is silent. `stated`: keys the file states itself
  (`"groups[1].trim"`); whatever is not among them is a documented default.
"""

from venue_app.scheme.ballots import Ballot, BallotScore
from venue_app.scheme.components import KINDS, Component, Entered, Imported, Panel, Sum, Term
from venue_app.scheme.edit import common_keys, get_value, set_value
from venue_app.scheme.explain import Line, Paragraph, explain, plain_text
from venue_app.scheme.judging import Band, Criterion, Group, Penalty, Rounding, Stage, Trim
from venue_app.scheme.load import Problem, examine, load_scheme, preset_ids, preset_text
from venue_app.scheme.model import Plan, Scheme
from venue_app.scheme.rounds import Gate, Intake, Round
from venue_app.scheme.text import Text

__all__ = [
    "KINDS",
    "Ballot",
    "BallotScore",
    "Band",
    "Component",
    "Criterion",
    "Entered",
    "Gate",
    "Group",
    "Imported",
    "Intake",
    "Line",
    "Panel",
    "Paragraph",
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
    "common_keys",
    "examine",
    "explain",
    "get_value",
    "load_scheme",
    "plain_text",
    "preset_ids",
    "preset_text",
    "set_value",
]
