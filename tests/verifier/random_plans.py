"""Random schemes, the same for the same seed, that touch every kind of component, ballot and round."""

from __future__ import annotations

import json
from random import Random
from typing import Any

Table = dict[str, Any]
KINDS = (
    "sum",
    "formula",
    "case",
    "bonus",
    "steps",
    "statistic",
    "balance",
    "best",
    "grade",
    "attribute",
    "entered",
)
SETS = ("event", "post", "room", "session", "unit", "sex")
MODES = ("half-up", "half-up", "truncate", "half-even", "up", "exact")


class Bare(str):
    """A word that stands in TOML as it is: a decimal."""


def toml(value: Any) -> str:
    """A value in TOML, tables inline."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Bare | int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"


class Plans:
    """One random scheme."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.groups: list[Table] = []
        self.ballots: list[Table] = []
        self.stages: list[Table] = []
        self.parts: list[Table] = []
        self.rounds: list[Table] = []

    def maybe(self, chance: float, **table: Any) -> Table:
        """The table, or nothing."""
        return table if self.r.random() < chance else {}

    def number(self, *choices: str) -> Bare:
        return Bare(self.r.choice(choices))

    def ratio(self, *choices: str) -> Bare | str:
        word = self.r.choice(choices)
        return word if "/" in word else Bare(word)

    def rounding(self, exact: bool = True) -> Table:
        mode = self.r.choice(MODES if exact else MODES[:-1])
        return {"places": self.r.choice([0, 0, 1, 2, 2, 3]), "mode": mode}

    def trims(self, seats: int) -> list[Table]:
        """One rule, or two for different sizes, that leave something of a full panel."""
        r = self.r
        found = []
        for least in r.choice([[0], [0], [r.choice([1, 2])], [0, 2], [1, 3]]):
            high = r.randint(0, min(2, seats - 1))
            low = r.randint(0, max(0, min(1, seats - 1 - high)))
            on = self.maybe(0.3, on="criteria")
            share: Table = {}
            if r.random() < 0.3 and seats - high - low > 2:
                share = {
                    "high_percent": self.number("10", "25", "33.3"),
                    "low_percent": self.number("0", "20"),
                }
            found.append(
                {"high": high, "low": low, **on, **({"when_more_than": least} if least else {}), **share}
            )
        return found

    def group(self, name: str) -> Table:
        r = self.r
        seats = r.choice([2, 3, 4, 5])
        criteria = [
            {
                "id": f"k{number}",
                "title": f"要素{number}",
                "maximum": r.choice([10, 20, 50]),
                "step": self.number("0.5", "1", "0.25", "2.5"),
                **self.maybe(0.2, minimum=self.number("2.5", "5")),
                **self.maybe(0.3, weight=self.number("0.5", "2", "0.3", "1.25")),
            }
            for number in range(r.choice([1, 1, 2, 3]))
        ]
        return {
            "id": name,
            "title": name,
            "seats": seats,
            "criteria": criteria,
            **self.maybe(0.4, minimum=r.randint(1, seats)),
            **self.maybe(0.5, scope=r.choice(["room", "post", "event"])),
            **({"trim": self.trims(seats)} if seats < 3 or r.random() < 0.6 else {}),
            **self.maybe(
                0.3,
                discard={
                    "beyond": self.number("3", "7.5"),
                    **self.maybe(0.5, of="median"),
                    **self.maybe(0.3, percent=True),
                },
            ),
            **self.maybe(0.4, take=r.choice(["mean", "sum", "median"])),
            **self.maybe(0.5, rounding=self.rounding()),
            **self.maybe(0.2, total_rounding=self.rounding()),
            **self.maybe(0.2, criterion_rounding=self.rounding()),
            **self.maybe(0.3, per="person"),
        }

    def ballot(self, name: str) -> Table:
        r = self.r
        kind = r.choice(["grades", "decide", "choose", "rank", "points"])
        table: Table = {"id": name, "title": name, "kind": kind, **self.maybe(0.5, within=r.choice(SETS[:5]))}
        if kind == "grades" or (kind == "rank" and r.random() < 0.5):
            ids = ["1", "2", "3"] if kind == "rank" else ["好", "中", "差"]
            table["grades"] = [
                {"id": one, "title": f"等次{one}", "points": self.ratio("100", "80", "60", "200/3", "0")}
                for one in ids
            ]
        if kind != "choose" and r.random() < 0.4:
            table["items"] = [
                {"id": one, "title": one, **self.maybe(0.6, weight=self.ratio("0.4", "1/3", "2", "0"))}
                for one in ("德", "能")
            ]
        if r.random() < 0.6:
            table["classes"] = [
                {"id": one, "title": one, **self.maybe(0.7, weight=self.ratio("0.6", "1/3", "2", "0"))}
                for one in ("甲", "乙")
            ]
        if kind == "choose":
            table |= r.choice(
                [
                    {},
                    {"choose_exactly": 2},
                    {"choose_at_most": 2},
                    {"choose_at_least": 1, "choose_at_most": 3},
                ]
            )
            table |= self.maybe(0.4, write_in=True)
        if kind == "points":
            table |= {"minimum": self.number("0", "50"), "maximum": 100, "step": self.number("5", "2.5")}
        table |= self.maybe(0.3, over_mark="paper") | self.maybe(0.3, blank="paper")
        table |= (
            self.maybe(0.3, blank_paper="void")
            | self.maybe(0.3, all_equal="void")
            | self.maybe(0.3, per="person")
        )
        if kind in {"grades", "points"} and r.random() < 0.4:
            spread: Table = (
                {"grade": "好"} if kind == "grades" else {r.choice(["at_least", "above", "below"]): 90}
            )
            many = {
                "count_at_most": 2,
                "count_at_least": 1,
                "share_at_most": self.ratio("0.5", "1/3"),
                "share_at_least": self.ratio("0.2"),
            }
            key = r.choice(sorted(many))
            table["spreads"] = [{**spread, key: many[key]}]
        if r.random() < 0.3:
            limit = r.choice([{"at_least": self.ratio("0.5", "2/3")}, {"above": self.ratio("0.5")}])
            of, over = (
                r.choice(["issued", "returned", "valid", "present"]),
                r.choice(["members", "present", "issued"]),
            )
            table["quorum"] = [{"of": of, "over": over, **limit}]
        return table

    def score(self, name: str, ballot: Table) -> Table:
        r, kind = self.r, ballot["kind"]
        measures = {
            "grades": ["points", "share", "votes"],
            "decide": ["share", "votes"],
            "choose": ["share", "votes"],
            "rank": ["mean", "points", "share", "votes"],
            "points": ["mean", "points"],
        }[kind]
        measure = r.choice(measures)
        answers = {"decide": ["for", "against"], "choose": ["for"]}.get(kind) or [
            g["id"] for g in ballot.get("grades", [])
        ]
        over = ["valid", "marked", "returned", "issued", "members", "present"]
        more: Table = {"denominator": r.choice(over)}
        if answers and r.random() < 0.3:
            more = {
                "denominator": "answers",
                **({} if kind == "decide" else {"denominator_answers": answers[:2]}),
            }
        if answers and measure in {"share", "votes"} and r.random() < 0.5:
            more["answers"] = answers[: r.choice([1, 2])]
        if "items" in ballot and r.random() < 0.4:
            more["items"] = ["能"]
        if "classes" in ballot:
            more |= self.maybe(0.2, of_classes=["乙"]) | self.maybe(
                0.5, classes=r.choice(["pool", "by-vote"])
            )
            more |= self.maybe(0.4, empty_class="share-out")
        if kind in {"rank", "points"} and measure == "mean" and r.random() < 0.5:
            more["trim"] = {"high": 1, "low": r.choice([0, 1])}
        more |= self.maybe(0.3, items_take="sum") | self.maybe(0.3, points=self.ratio("10", "100/3"))
        more |= self.maybe(0.3, item_rounding=self.rounding()) | self.maybe(
            0.3, class_rounding=self.rounding()
        )
        return {
            "kind": "ballot",
            "id": name,
            "title": name,
            "ballot": ballot["id"],
            "measure": measure,
            **more,
        }

    def some(self) -> str:
        return str(self.r.choice(self.parts)["id"])

    def coarse(self) -> str:
        """A component in which many have the same number, oftener than not."""
        found = [
            one for one in self.parts if one["kind"] in {"imported", "steps", "grade", "bonus", "ballot"}
        ]
        return str(self.r.choice(found)["id"]) if self.r.random() < 0.6 else self.some()

    def condition(self) -> Table:
        r = self.r
        test: Table
        limit: Table = {
            r.choice(["at_least", "above", "at_most", "below"]): self.ratio("3", "30", "60", "100/3")
        }
        if r.random() < 0.2:
            limit = {r.choice(["at_least", "below"]): self.some()}
        test = r.choice(
            [
                {"attribute": "sex", "equals": "女"},
                {"attribute": "unit", "any_of": ["甲", "乙"]},
                {"attribute": "years", **limit},
                {"attribute": "born", "below": 19800101},
                {"attribute": "years", "present": r.random() < 0.5},
                {"attribute": r.choice(["competitors", "entries", "places", "preference"]), "at_most": 2},
                {"of": self.some(), **limit},
                {"of": self.some(), "present": r.random() < 0.5},
            ]
        )
        return {**test, **self.maybe(0.2, negate=True)}

    def when(self) -> list[Table]:
        return [self.condition() for _ in range(self.r.choice([1, 1, 2]))]

    def common(self) -> Table:
        r = self.r
        return {
            **self.maybe(0.4, rounding=self.rounding()),
            **self.maybe(0.3, absent=r.choice(["zero", "omit"])),
        }

    def formula(self) -> str:
        r, a, b = self.r, self.some(), self.some()
        return r.choice(
            [
                f"0.4 * {a} + 0.6 * {b}",
                f"if({a} >= {b}, max({a}, 60), 0.3 * {a} + 0.7 * {b})",
                f"known({a}, {b} / 2)",
                f"round({a} / 3, 1) - trunc({b} / 7, 2)",
                f"mean({a}, {b}, 50) * ({a} != {b})",
                f"roundup(abs({a} - {b}), 0) + min({a}, {b}) / max({b}, 1)",
                f"-{a} + sum({b}, 2, 3) / ({b} - 40)",
                f"({a} > 50) + ({b} <= 50) * 2 + ({a} == {b})",
            ]
        )

    def derived(self, name: str, kind: str) -> Table:
        r = self.r
        drop = {**self.maybe(0.3, drop_high=1), **self.maybe(0.3, drop_low=1)}
        cap = {**self.maybe(0.3, cap=r.choice([5, 60, 90])), **self.maybe(0.2, floor=r.choice([1, 40]))}
        made: dict[str, Any] = {
            "sum": lambda: {
                "terms": [
                    {
                        "of": self.some(),
                        **self.maybe(0.8, weight=self.ratio("0.4", "0.6", "-1", "1/3", "0.15")),
                        **self.maybe(0.3, rounding=self.rounding()),
                    }
                    for _ in range(r.choice([1, 2, 3]))
                ],
                **self.maybe(0.2, plus=self.number("1.5", "-2")),
                **self.maybe(0.3, divide=self.ratio("3", "2/3", "1.5")),
                **cap,
            },
            "formula": lambda: {"formula": self.formula(), "maximum": 100, **cap},
            "case": lambda: {
                "cases": [{"when": self.when(), "of": self.some()} for _ in range(r.choice([1, 2]))],
                **self.maybe(0.6, otherwise=self.some()),
            },
            "bonus": lambda: {
                "awards": [
                    {"points": self.number("1", "2.5", "0.7", "-1"), "when": self.when()}
                    for _ in range(r.choice([1, 2, 3]))
                ],
                **self.maybe(0.4, take="highest"),
                **self.maybe(0.3, cap=3),
            },
            "steps": lambda: {
                "of": self.some(),
                "steps": [
                    {
                        "at_least": limit,
                        "value": self.number("1", "2.5", "5"),
                        **self.maybe(0.7, title=f"{limit}以上"),
                    }
                    for limit in r.sample([10, 30, 50, 60, 80], 3)
                ],
                **self.maybe(0.3, otherwise=self.number("0.5")),
            },
            "statistic": lambda: self.statistic() | drop,
            "balance": lambda: {
                "of": self.some(),
                **self.maybe(0.3, within=r.choice(["room", "post", "unit"])),
                **self.maybe(0.3, across=r.choice(["post", "session"])),
                **self.maybe(0.4, overall="people"),
                **self.maybe(0.3, means=self.rounding()),
                **self.maybe(0.4, coefficient=self.rounding()),
                **drop,
            },
            "best": lambda: {
                "of": self.some(),
                **self.maybe(0.5, within=r.choice(SETS)),
                **self.maybe(0.3, points=60),
            },
            "grade": lambda: {
                "of": self.some(),
                "grades": [
                    {
                        "id": "A",
                        "title": "优",
                        "points": 3,
                        **self.maybe(0.6, share=self.ratio("0.2", "1/3")),
                        **self.maybe(0.3, at_least=60),
                    },
                    {"id": "B", "title": "良", "points": 2, **self.maybe(0.4, count=2)},
                    {
                        "id": "C",
                        "title": "差",
                        "points": 1,
                        **self.maybe(0.4, at_least_share=self.ratio("0.2", "0.4")),
                    },
                ],
                **self.maybe(0.5, within=r.choice(SETS)),
                **self.maybe(0.4, people=r.choice(["up", "half-up"])),
                **self.maybe(0.4, ties="up"),
            },
            "attribute": lambda: {
                "attribute": r.choice(["years", "born", "nowhere"]),
                **self.maybe(0.4, times=self.number("0.5", "1.2")),
                **self.maybe(0.4, cap=8),
                **self.maybe(0.5, missing="zero"),
            },
            "entered": lambda: {**self.maybe(0.3, per="person")},
        }
        return {"kind": kind, "id": name, "title": name, **self.common(), **made[kind]()}

    def statistic(self) -> Table:
        take = self.r.choice(["mean", "median", "highest", "lowest", "sum", "count", "deviation", "rank"])
        more = {"rounding": self.rounding(exact=False)} if take == "deviation" else {}
        return {"of": self.some(), "take": take, **self.maybe(0.7, within=self.r.choice(SETS)), **more}

    def components(self) -> None:
        r = self.r
        for number in range(r.choice([1, 2])):
            self.parts.append(
                {
                    "kind": "imported",
                    "id": f"m{number}",
                    "title": f"m{number}",
                    **self.common(),
                    **self.maybe(0.3, per="person"),
                }
            )
        for group in self.groups:
            self.parts.append(
                {
                    "kind": "panel",
                    "id": f"p_{group['id']}",
                    "title": "评委",
                    "group": group["id"],
                    **self.common(),
                }
            )
            if r.random() < 0.3:
                more = {
                    **self.maybe(0.5, within=r.choice(SETS)),
                    **self.maybe(0.4, take="mean"),
                    **self.maybe(0.3, drop_high=1),
                }
                self.parts.append(
                    {
                        "kind": "places",
                        "id": f"n_{group['id']}",
                        "title": "名次",
                        "group": group["id"],
                        **more,
                    }
                )
        for ballot in self.ballots:
            self.parts.append(self.score(f"b_{ballot['id']}", ballot) | self.common())
        for stage in self.stages:
            self.parts.append(
                {"kind": "overrun", "id": "late", "title": "超时", "stage": stage["id"], **self.common()}
            )
        for number in range(r.choice([1, 2, 3, 4, 5])):
            self.parts.append(self.derived(f"d{number}", r.choice(KINDS)))

    def tie(self) -> Table:
        r = self.r
        plain = [
            one["id"] for one in self.parts if not (one["kind"] == "statistic" and one["take"] == "deviation")
        ]
        direction = self.maybe(0.3, direction="ascending")
        return r.choice(
            [
                {"by": self.some(), **direction},
                {"by": r.choice(plain), "exact": True, **direction},
                {"by": r.choice(plain), "places": r.choice([0, 1, 3]), **direction},
                {"attribute": "degree", "prefer": ["博士", "硕士"]},
                {"attribute": r.choice(["years", "born"]), **direction},
                {"lot": True},
            ]
        )

    def gate(self) -> Table:
        r = self.r
        limit: Table = r.choice(
            [
                {"at_least": self.ratio("20", "50", "60", "100/3")},
                {"above": self.ratio("1", "30")},
                {"at_most": self.ratio("90")},
                {"at_least": 10, "below": self.ratio("95")},
                {"at_least": self.some()},
            ]
        )
        code = self.maybe(0.3, code="too_low", title="不够")
        return {
            "of": self.some(),
            **limit,
            **self.maybe(0.3, out_of=100),
            **self.maybe(0.4, when=self.when()),
            **code,
        }

    def round(self, number: int) -> Table:
        r = self.r
        within = r.choice(["post", "post", "post", "event", "room", "unit"])
        table: Table = {
            "id": f"r{number}",
            "title": f"环节{number}",
            "by": self.coarse(),
            **self.maybe(0.8, within=within),
        }
        table |= self.maybe(0.2, order="ascending")
        if number and r.random() < 0.4:
            table["field"] = r.choice(["all", *(f"r{i}" for i in range(number))])
        table |= self.maybe(0.5, gates=[self.gate() for _ in range(r.choice([1, 2]))])
        if r.random() < 0.3:
            below = r.choice(["cancel", "reduce", "keep", "wait"])
            table["entrants"] = {
                "minimum": r.choice([1, 2, 3]),
                "ratio": self.ratio("1.5", "2", "4/3"),
                "below": below,
            }
        table |= self.maybe(0.2, take="decided")
        table |= r.choice(
            [
                {},
                {"ratio": self.ratio("1", "1.5", "2", "4/3")},
                {"ratio": self.ratio("0.5", "1")},
                {"count": r.choice([0, 1, 2, 3])},
                {"share": self.ratio("0.5", "1/3")},
            ]
        )
        table |= self.maybe(
            0.2,
            by_places=[
                {"places": 2, "places_to": 3, **r.choice([{"ratio": self.ratio("1.2")}, {"count": 2}])}
            ],
        )
        table |= self.maybe(0.5, ratio_rounding=r.choice(["up", "down", "half-up"]))
        table |= self.maybe(0.6, ties=[self.tie() for _ in range(r.choice([1, 2, 3]))])
        table |= self.maybe(0.6, ties_at_cut=r.choice(["all", "none", "decide"])) | self.maybe(
            0.4, rank_style="1223"
        )
        if r.random() < 0.35:
            quotas = [
                {"when": self.when(), "at_least": r.choice([1, 2])},
                {"each": "unit", "at_most": r.choice([1, 2])},
                {"when": self.when(), "at_most": r.choice([1, 2])},
            ]
            table["quotas"] = r.sample(quotas, r.choice([1, 2, 3]))
        elif r.random() < 0.3:
            table["close"] = {
                "count": 4,
                **self.maybe(0.6, margin=self.ratio("2", "10/3")),
                "leader_below": self.ratio("80", "50"),
            }
        if table.get("within", "post") == "post" and r.random() < 0.35:
            table["one_post"] = True
        if r.random() < 0.4:
            table |= {"replacement": "next"} | self.maybe(0.4, replace_at_most=1)
        return table

    def text(self) -> str:
        """The scheme as TOML."""
        r = self.r
        self.groups = [self.group(f"g{number}") for number in range(r.choice([0, 1, 1, 2]))]
        self.ballots = [self.ballot(f"v{number}") for number in range(r.choice([0, 0, 1, 2]))]
        if r.random() < 0.3:
            bands = [
                {"points": self.number("0.5", "1"), "up_to_s": 30},
                {"points": self.number("2"), "up_to_s": 60},
                {"points": self.number("0.2"), "every_s": 20},
            ]
            self.stages = [
                {
                    "id": "s",
                    "title": "演讲",
                    "limit_s": 300,
                    "penalties": r.sample(bands, r.choice([1, 2, 3])),
                }
            ]
        self.components()
        self.rounds = [self.round(number) for number in range(r.choice([0, 1, 1, 2, 3]))]
        top: Table = {"format": 1, "id": "random", "title": "随机", "composite": r.choice(self.parts)["id"]}
        top |= self.maybe(0.5, rounding=self.rounding())
        if r.random() < 0.4:
            ratio = {"minimum_ratio": self.ratio("1.5", "2/3", "2")}
            top["intake"] = {
                "minimum_entries": r.choice([0, 1, 2]),
                **ratio,
                **self.maybe(0.5, counts="qualified"),
                "below": r.choice(["cancel", "reduce", "keep"]),
                **self.maybe(0.5, most_posts=1),
            }
        top |= self.maybe(0.3, post_outcomes=[{"id": "任用", "title": "任用"}])
        lists = {
            "groups": self.groups,
            "stages": self.stages,
            "ballots": self.ballots,
            "components": self.parts,
            "rounds": self.rounds,
        }
        lines = [f"{key} = {toml(value)}" for key, value in top.items()]
        for name, tables in lists.items():
            for table in tables:
                lines += [f"[[{name}]]", *(f"{key} = {toml(value)}" for key, value in table.items())]
        return "\n".join(lines) + "\n"


def random_plan(seed: int) -> str:
    """A random scheme."""
    return Plans(seed).text()
