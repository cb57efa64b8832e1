"""Random facts for a scheme, the same for the same seed. Numbers are coarse, so that ties are common."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from venue_app.rules.belong import holder, where
from venue_app.rules.facts import EntryFact, Facts, PersonFact, PostFact
from venue_app.scheme import Scheme
from venue_app.scheme.ballots import Ballot
from venue_app.scheme.components import Attribute, Entered, Imported
from venue_app.scheme.judging import Group

Table = dict[str, Any]


class Happened:
    """Random facts for a scheme."""

    def __init__(self, scheme: Scheme, seed: int) -> None:
        self.r = Random(seed)
        self.scheme = scheme
        self.clean = self.r.random() < 0.6  # everything has come in: ties and cuts, rather than waiting
        self.facts = Facts()
        self.rows: dict[str, list[Table]] = {}

    def add(self, name: str, **row: Any) -> None:
        self.rows.setdefault(name, []).append(row)

    def people(self) -> None:
        r = self.r
        posts = [f"职{number}" for number in range(r.choice([1, 1, 2] if self.clean else [1, 2, 3, 4]))]
        outcomes = [one.id for one in self.scheme.post_outcomes]
        for post in posts:
            more: Table = {"cancelled": "无人报名"} if r.random() < 0.05 else {}
            if outcomes and r.random() < 0.5:
                more["outcome"] = r.choice(outcomes)
            kind = {"kind": "技术"} if r.random() < 0.5 else {}
            self.add("posts", id=post, places=r.choice([0, 1, 1, 2, 3]), attributes=kind, **more)
        for number in range(r.choice([4, 8, 12] if self.clean else [1, 3, 5, 8, 12])):
            who = f"c{number}"
            known = {
                "sex": r.choice("男女"),
                "unit": r.choice("甲乙丙"),
                "degree": r.choice(["博士", "硕士", "学士"]),
            }
            known |= {
                "years": r.choice(["3", "7.5", "12"]),
                "born": r.choice(["1975-03", "1981-11-05", "1990-01-02"]),
            }
            kept = {key: word for key, word in known.items() if r.random() < 0.85}
            if r.random() < 0.9:
                self.add("candidates", id=who, attributes=kept)
            if number and r.random() < 0.01:
                self.entry(f"e{number}_again", who, posts[0], posts)
            for place, post in enumerate(r.sample(posts, r.choice([1, 1, min(2, len(posts))]))):
                self.entry(f"e{number}_{place}", who, post, posts)

    def entry(self, name: str, who: str, post: str, posts: list[str]) -> None:
        r = self.r
        more: Table = {"room": r.choice(["一", "二", ""])} if r.random() < 0.9 else {}
        more |= {"session": r.choice(["上午", "下午"])} if r.random() < 0.5 else {}
        more |= {"preference": r.choice([1, 2])} if r.random() < 0.5 else {}
        more |= {"unqualified": "年龄"} if r.random() < 0.04 else {}
        more |= {"moved_from": r.choice(posts)} if r.random() < 0.05 else {}
        more |= {"attributes": {"years": "20"}} if r.random() < 0.1 else {}
        self.add("entries", id=name, candidate=who, post=post, **more)

    def known(self) -> None:
        """What belongs to what, as the program's own facts, to know who stands on which paper."""
        self.facts = Facts(
            posts={
                p["id"]: PostFact(id=p["id"], places=p["places"], attributes=p["attributes"])
                for p in self.rows["posts"]
            },
            candidates={c["id"]: PersonFact(**c) for c in self.rows.get("candidates", [])},
            entries={e["id"]: EntryFact(**e) for e in self.rows["entries"]},
        )

    def holders(self, per: str) -> list[str]:
        return sorted({holder(e, per) for e in self.facts.entries.values()})  # type: ignore[arg-type]

    def given(self, low: Any, high: Any, step: Any = 1) -> str:
        steps = int((high - low) / step)
        return str(low + step * self.r.randint(0, steps))

    def values(self) -> None:
        r = self.r
        complete = 1.0 if self.clean else 0.9
        for c in self.scheme.components:
            if isinstance(c, Imported | Entered):
                for name in self.holders(c.per):
                    if r.random() < complete:
                        value = self.given(
                            c.minimum, c.maximum, (c.maximum - c.minimum) / r.choice([2, 4, 10])
                        )
                        self.add(
                            "values",
                            entry=name,
                            component=c.id,
                            value=r.choice([value, value + ("0" if "." in value else ".50")])
                            if value != str(c.maximum)
                            else value,
                        )
                    elif r.random() < 0.5:
                        self.add("absent", entry=name, component=c.id)
        if r.random() < 0.3 and not self.clean:
            alone = {
                c.id
                for c in self.scheme.components
                if not c.made_of() and not isinstance(c, Attribute | Imported | Entered)
            }
            for name in r.sample(sorted(self.facts.entries), 1):
                self.add("absent", entry=name, component=r.choice(["", *sorted(alone)]))

    def sheets(self, group: Group) -> None:
        r = self.r
        complete = 1.0 if self.clean else 0.93
        for name in self.holders(group.per):
            for seat in range(1, group.seats + 1):
                key = {"entry": name, "group": group.id, "seat": seat}
                if r.random() < 0.06 and not self.clean:
                    self.add("out_seats", **key, state=r.choice(["recused", "excused", "absent"]))
                elif r.random() < complete:
                    marks = {
                        c.id: self.given(
                            c.minimum,
                            c.maximum,
                            max(c.step, c.step * int((c.maximum - c.minimum) / c.step / r.choice([3, 8]))),
                        )
                        for c in group.criteria
                    }
                    self.add("sheets", **key, marks=marks)
            if r.random() < 0.2:
                self.add("accepted", entry=name, group=group.id)

    def paper(self, ballot: Ballot, names: list[str]) -> Table:
        r = self.r
        if ballot.kind == "choose":
            more: Table = {"others": ["路人"]} if ballot.write_in and r.random() < 0.3 else {}
            return {"choices": r.sample(names, r.randint(0, min(3, len(names)))), **more}
        marks: Table = {}
        for name in names:
            by_item: Table = {}
            for item in ballot.item_ids():
                if r.random() < 0.1:
                    by_item[item] = []
                elif r.random() < 0.05:
                    by_item[item] = [self.answer(ballot, len(names)), self.answer(ballot, len(names))]
                elif r.random() < 0.95:
                    by_item[item] = self.answer(ballot, len(names))
            if by_item and r.random() < 0.97:
                marks[name] = by_item[""] if list(by_item) == [""] else by_item
        return {"marks": marks, **({"void": True} if r.random() < 0.03 else {})}

    def answer(self, ballot: Ballot, standing: int) -> Any:
        r = self.r
        if ballot.kind == "rank":
            return r.randint(1, standing + (r.random() < 0.1))
        if ballot.kind == "points":
            return r.choice([100, 90, 95, "80", "92.5", 50, 60, 33])
        return r.choice(ballot.answers())

    def counted(self, ballot: Ballot, names: list[str]) -> Table:
        r = self.r
        valid = r.randint(0, 9)
        answers = (
            [str(n) for n in (1, 2, 3)]
            if ballot.kind == "rank"
            else ["50", "90", "95"]
            if ballot.kind == "points"
            else list(ballot.answers())
        )
        votes: Table = {}
        for name in names:
            by_item = {
                item: {answer: r.randint(0, max(0, valid // 2)) for answer in answers}
                for item in ballot.item_ids()
            }
            votes[name] = by_item[""] if list(by_item) == [""] else by_item
        return {"valid": valid, "void": r.randint(0, 2), "votes": votes}

    def box(self, ballot: Ballot, place: str, voters: str, attempt: int) -> None:
        r = self.r
        standing = sorted(
            {
                holder(e, ballot.per)
                for e in self.facts.entries.values()
                if where(self.facts, e, ballot.within) == place
            }
        )
        row: Table = {"ballot": ballot.id, "where": place, "class": voters, "attempt": attempt}
        if r.random() < 0.3:
            counted = self.counted(ballot, standing)
            row["counted"], many = counted, counted["valid"] + counted["void"]
        else:
            row["papers"] = [self.paper(ballot, standing) for _ in range(r.choice([0, 1, 3, 6]))]
            many = len(row["papers"])
        row["issued"] = many + r.choice([0, 1, 3]) - (r.random() < 0.04 and many > 0)
        row |= {"returned": many + r.choice([0, 0, 1])} if r.random() < 0.3 else {}
        row |= {"void_vote": True} if r.random() < 0.03 else {}
        row |= {"members": many + 4} if r.random() < 0.7 else {}
        row |= {"present": many + 1} if r.random() < 0.7 else {}
        self.add("ballots", **row)

    def ballots(self) -> None:
        r = self.r
        for ballot in self.scheme.ballots:
            for place in sorted({where(self.facts, e, ballot.within) for e in self.facts.entries.values()}):
                for voters in ballot.class_ids():
                    for attempt in r.choice(
                        [[1], [1], [1], [1, 2], [1, 1], []] if r.random() < 0.4 else [[1]]
                    ):
                        self.box(ballot, place, voters, attempt)

    def rest(self) -> None:
        r, entries = self.r, sorted(self.facts.entries)
        rounds = [one.id for one in self.scheme.rounds]
        for name in r.sample(entries, min(len(entries), r.choice([0, 0, 1, 2]))):
            code = r.choice(["waived", "disqualified", "vetoed"])
            self.add(
                "barred", entry=name, code=code, after=r.choice(["", *rounds]), note=r.choice(["", "本人"])
            )
        for stage in self.scheme.stages:
            for name in r.sample(entries, min(3, len(entries))):
                self.add("overruns", entry=name, stage=stage.id, seconds=r.choice([0, 12, 30, 45, 100]))
        for rule in self.scheme.rounds:
            for name in entries:
                if r.random() < 0.5:
                    self.add("lots", round=rule.id, entry=name, number=r.randint(1, 20))
            for place in sorted({where(self.facts, e, rule.within) for e in self.facts.entries.values()}):
                if r.random() < 0.4:
                    self.add(
                        "decided", round=rule.id, where=place, entries=r.sample(entries, min(2, len(entries)))
                    )
        for what in (
            "posts",
            "entries",
            "candidates",
            "qualified",
            "cancelled",
            "places",
            "nothing",
            *(f"passed:{one}" for one in rounds),
        ):
            if r.random() < 0.2:
                self.add(
                    "declared",
                    what=what,
                    count=r.randint(0, 5),
                    **({"post": "职0"} if r.random() < 0.3 else {}),
                )

    def text(self) -> str:
        """The facts as JSON."""
        self.people()
        self.known()
        self.values()
        for group in self.scheme.groups:
            self.sheets(group)
            if self.r.random() < 0.15 and group.per == "entry":
                places = sorted(
                    {
                        {"room": e.room, "post": e.post, "event": ""}[group.scope]
                        for e in self.facts.entries.values()
                    }
                )
                self.add(
                    "panels",
                    group=group.id,
                    where=self.r.choice(places),
                    seats=list(range(1, group.seats + 1)),
                )
        self.ballots()
        self.rest()
        for rows in self.rows.values():
            self.r.shuffle(rows)
        return json.dumps({"format": 1, **self.rows}, ensure_ascii=False)


def random_facts(scheme: Scheme, seed: int) -> str:
    """Random facts under a scheme."""
    return Happened(scheme, seed).text()
