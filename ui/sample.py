"""A made-up event of full size, for pictures and tests of screens: nobody in it exists.

Every state is reached as at the venue: commands are decided and folded, only without a file. The same
stage always gives the same state.

    roster_ready()   150 people of 154, 15 posts of 16, three rooms; nothing opened yet
    created() · opened() · committed() · drawn() · under_way() · judged() · closed()
"""

from __future__ import annotations

import hashlib
from functools import cache

from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as f
from venue_app.domain import showing as s
from venue_app.domain.entries import EventCreated
from venue_app.domain.nouns import Candidate, Entry, Person, Post, Room, Seat, Source
from venue_app.domain.record import Record
from venue_app.domain.roles import PROGRAM, Actor, Role
from venue_app.rules.drawing import commit
from venue_app.scheme import load_scheme, preset_text
from venue_app.state import State, apply, begin
from venue_app.state.room import everywhere, panel
from venue_app.venue.context import Context
from venue_app.venue.decide import decide

SCHEME = "s0-county-self-nomination"
PROCTOR = Actor(role=Role.PROCTOR, name="罗静宜")
PEOPLE = (
    Person(role="proctor", name="罗静宜"),
    Person(role="supervisor", name="闵建中"),
    Person(role="notary", name="尤思远"),
)
PUBLIC = "4 0 7 1 9 3 8 8 2 5 6 0 风调雨顺"
MORNING = 1_778_803_200_000  # a Friday in May, 08:00 in China
_POSTS = (
    "档案馆副馆长", "水务局副局长", "林业局副局长", "审计局副局长", "民政局副局长", "科技馆副馆长", "粮食局副局长",
    "交通运输局副局长", "图书馆副馆长", "青山镇副镇长", "柳河镇党委副书记", "白沙镇副镇长", "石桥镇党委副书记",
    "望江镇副镇长", "东坪镇副镇长", "地震办副主任",
)  # fmt: skip
_SIZES = (11, 9, 10, 12, 8, 9, 13, 10, 9, 10, 11, 9, 10, 9, 10, 4)
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
_GIVEN = "文华志远晓明丽娟建国思源雨桐子涵海燕春梅永强静怡宏伟佳琪立新淑芬俊杰雪莹国平玉兰振宇慧敏"
_RARE = {16: "䶮一鸣", 41: "王㛃", 77: "𠮷永平", 98: "古丽娜尔·艾山", 120: "张𬭎", 133: "Lê Thu Hà"}
_EDUCATION = ("本科", "研究生", "大专")


def _stir(*parts: object) -> int:
    """A number that looks arbitrary and never changes."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, parts)).encode()).digest()[:4], "big")


def _name(number: int) -> str:
    family = _FAMILY[_stir("family", number) % len(_FAMILY)]
    first = _GIVEN[2 * (_stir("given", number) % (len(_GIVEN) // 2)) :][:2]
    return _RARE.get(number, family + (first if _stir("two", number) % 5 else first[0]))


class FixedClock:
    """A clock that stands."""

    def __init__(self, mono: int) -> None:
        self._mono = mono

    def wall_ms(self) -> int:
        """The event's morning, so far on."""
        return MORNING + self._mono

    def mono_ms(self) -> int:
        """Always the same."""
        return self._mono

    def slept_ms(self) -> int:
        """Never."""
        return 0


def _nonce() -> str:
    """Always the same, so that pictures are."""
    return hashlib.sha256(b"sample nonce").hexdigest()[:32]


class Sample:
    """An event without a file. Each step takes one second of its clock."""

    def __init__(self, mode: str = "rehearsal", drawing: str = "") -> None:
        """`drawing` is the plan's `[draw]`, its usual one when empty."""
        event = EventCreated(
            event="4f2c9a7d51e0b3866c1f02d97ab4e855",
            title="2026年公开自荐副科级领导干部",
            mode="official" if mode == "official" else "rehearsal",
            place="县人民会堂",
            scheme=preset_text(SCHEME) + (f"\n[draw]\n{drawing}\n" if drawing else ""),
            keys={},
            software="sample",
        )
        self._mono = 0
        self.state = begin(Record(seq=0, at=MORNING, mono=0, boot="sample", actor=PROGRAM, data=event))
        self._kept: dict[str, str] = {}

    @classmethod
    def of(cls, state: State, mono: int) -> Sample:
        """Go on from a state, at `mono` ms of the event's clock."""
        made = cls()
        made.state, made._mono = state, mono
        return made

    def do(self, command: c.Command, actor: Actor = PROCTOR, after_ms: int = 1000) -> None:
        """Decide and fold one command; a refusal is raised."""
        self._mono += after_ms
        context = Context(
            actor=actor,
            wall=MORNING + self._mono,
            mono=self._mono,
            boot="sample",
            nonce=_nonce,
            kept=self._kept,
            sub=f"sub-{self._mono}",
        )
        decision = decide(self.state, command, context)
        self._kept |= decision.keep
        for fact in decision.facts:
            record = Record(
                seq=self.state.size,
                at=context.wall,
                mono=self._mono,
                boot="sample",
                actor=actor,
                data=fact,
                sub=context.sub,
            )
            self.state = apply(self.state, record)

    def judge(self, room: str, lot: int, *, absent: bool = False, sheets: int | None = None) -> None:
        """Take one lot through the room; with `sheets` only so many judges have marked and it stays there."""
        if absent:
            self.do(c.MarkAbsent(room=room, lot=lot))
            return
        self.do(c.CallCandidate(room=room, lot=lot))
        for stage in self.state.scheme.stages:
            self.do(c.StartStage(room=room, stage=stage.id))
            self.do(c.EndStage(room=room), after_ms=stage.limit_s * 950)
        seats = panel(self.state, room)
        for seat in seats[:sheets]:
            self.send_sheet(seat, room, lot)
        if sheets is not None and sheets < len(seats):
            return
        for seat in everywhere(self.state):
            self.send_sheet(seat, room, lot)
        self.do(c.CheckResult(room=room, lot=lot, checker="闵建中"))
        self.do(c.ReleaseResult(room=room, lot=lot))
        self.do(c.CloseAppearance(room=room, lot=lot))

    def send_sheet(self, seat: Seat, room: str, lot: int) -> None:
        entry = self.state.appearances[(room, lot)].entry
        role = Role.JUDGE if seat.room else Role.OBSERVER
        marks = {}
        for criterion in self.state.scheme.group(seat.group).criteria:
            skill = 72 + _stir("skill", entry) % 22  # hundredths of full marks
            off = _stir("off", entry, seat.id, criterion.id) % 13 - 6
            steps = int(criterion.maximum * (skill + off) / 100 / criterion.step)
            marks[criterion.id] = str(min(steps * criterion.step, criterion.maximum))
        actor = Actor(role=role, seat=seat.id, room=seat.room)
        self.do(c.SubmitSheet(room=room, lot=lot, seat=seat.id, marks=marks), actor, after_ms=20)


def roster_command() -> c.ImportRoster:
    """The made-up roster as the command that takes it in."""
    scheme = load_scheme(preset_text(SCHEME), SCHEME)
    posts = tuple(
        Post(
            id=f"P{n:02d}",
            title=title,
            room=None if n == len(_POSTS) else f"R{(n - 1) % 3 + 1}",
            cancelled=n == len(_POSTS),
        )
        for n, title in enumerate(_POSTS, 1)
    )
    entered = [post.id for post, size in zip(posts, _SIZES, strict=True) for _ in range(size)]
    moves = iter(("P03", "P06", "P10", "P12"))
    unfit = {23, 58, 90, 111}
    people, entries = [], []
    for n, post in enumerate(entered, 1):
        people.append(
            Candidate(
                id=f"C{n:03d}",
                identity=f"99000019{75 + n % 10}0{1 + n % 9}{10 + n % 18}{n:03d}X",
                name=_name(n),
                sex="女" if _stir("sex", n) % 2 else "男",
                education=_EDUCATION[n % 3],
                unit=f"县直{1 + _stir('unit', n) % 40}号单位",
                qualified=n not in unfit,
                reason="工作年限不足" if n in unfit else "",
            )
        )
        to = next(moves) if post == "P16" else post
        entries.append(
            Entry(id=f"E{n:03d}", candidate=f"C{n:03d}", post=to, moved_from=None if to == post else post)
        )
    rooms = tuple(Room(id=f"R{n}", title=f"第{n}考场") for n in (1, 2, 3))
    seats = [
        Seat(
            id=f"{room.id}-{n}",
            group="panel",
            number=n,
            room=room.id,
            name=_name(200 + 10 * int(room.id[1]) + n),
            unit=f"县直{n}号单位",
            chief=n == 1,
        )
        for room in rooms
        for n in range(1, scheme.group("panel").seats + 1)
    ]
    seats += [
        Seat(id=f"OBS-{n:02d}", group="observers", number=n)
        for n in range(1, scheme.group("observers").seats + 1)
    ]
    drafts = {
        entry.id: f"{66 + _stir('draft', entry.id) % 2900 / 100:.2f}"
        for entry, person in zip(entries, people, strict=True)
        if person.qualified
    }
    names = (
        ("报名登记表.xlsx", "entries"),
        ("评委名单.csv", "panel"),
        ("分组.csv", "rooms"),
        ("演讲稿得分.csv", "component"),
    )
    return c.ImportRoster(
        candidates=tuple(people),
        posts=posts,
        entries=tuple(entries),
        rooms=rooms,
        seats=tuple(seats),
        values={"draft": drafts},
        sources=tuple(
            Source(name=name, kind=kind, sha256=hashlib.sha256(name.encode()).hexdigest())
            for name, kind in names
        ),
        cancelled=("P16",),
        decisions=("post:地震办副主任=cancel",),
    )


@cache
def created() -> State:
    """Only created: nothing imported."""
    return Sample().state


def _ready() -> Sample:
    sample = Sample()
    sample.do(roster_command())
    return sample


def _opened() -> Sample:
    sample = _ready()
    sample.do(c.OpenRun(people=PEOPLE), after_ms=1_200_000)
    return sample


def _drawn() -> Sample:
    sample = _opened()
    sample.do(dc.FreezeDraw(), after_ms=60_000)
    sample.do(dc.HoldDraw(public=PUBLIC), after_ms=180_000)
    return sample


@cache
def roster_ready() -> State:
    """The roster is in, the run is not open."""
    return _ready().state


@cache
def official_ready() -> State:
    """The same in an event that counts."""
    event = Sample("official")
    event.do(roster_command())
    return event.state


@cache
def opened() -> State:
    """The run is open, nobody has drawn."""
    return _opened().state


@cache
def committed() -> State:
    """The list is frozen and the program has committed."""
    sample = _opened()
    sample.do(dc.FreezeDraw(), after_ms=60_000)
    return sample.state


@cache
def drawn() -> State:
    """Everybody has a lot."""
    return _drawn().state


@cache
def turning(turned: int) -> State:
    """Lots are turned over one by one, room after room; so many are, and the third person was not there."""
    sample = _opened()
    sample.do(s.ChooseShowing(one_by_one=True))
    sample.do(dc.FreezeDraw(), after_ms=60_000)
    sample.do(dc.HoldDraw(public=PUBLIC), after_ms=180_000)
    for at in range(turned):
        if at == 2:
            sample.do(s.PassTurn(entry=sample.state.showing.hidden[0]), after_ms=6_000)
        sample.do(s.ShowLot(entry=sample.state.showing.hidden[0]), after_ms=6_000)
    return sample.state


_WHOLE_DRAWING = """
held = ["seats", "questions", "sessions", "order"]
parties = ["supervisor", "notary", "candidates"]
posts = "free"
absent = "out"
late = "last"
half_days = ["am", "pm"]
question_sets = ["A", "B", "C"]
one_unit = "free"
"""


def nonce_of(party: str) -> str:
    """What a party contributes in these pictures."""
    return hashlib.sha256(party.encode()).hexdigest()[:32]


@cache
def several_draws(steps: int) -> State:
    """A plan with four draws and three parties beside the program; the first so many steps of the first one:
    1 list, 2 to 4 commitments, 5 public part, 6 to 8 reveals, 9 drawn.
    """
    sample = Sample(drawing=_WHOLE_DRAWING)
    sample.do(roster_command())
    sample.do(c.OpenRun(people=PEOPLE), after_ms=1_200_000)
    parties = sample.state.scheme.draw.parties
    todo: list[c.Command] = [dc.FreezeDraw(purpose="seats")]
    todo += [
        dc.CommitDraw(purpose="seats", party=party, commitment=commit(party, nonce_of(party)))
        for party in parties
    ]
    todo.append(dc.GivePublic(purpose="seats", public="4071938825"))
    todo += [dc.RevealDraw(purpose="seats", party=party, nonce=nonce_of(party)) for party in parties]
    todo.append(dc.HoldDraw(purpose="seats"))
    for command in todo[:steps]:
        sample.do(command, after_ms=20_000)
    return sample.state


@cache
def under_way() -> State:
    """Half an hour in: each room has judged a few, one lot absent, one waits for two sheets."""
    sample = _drawn()
    for room, count in (("R1", 9), ("R2", 7), ("R3", 8)):
        for lot in range(1, count + 1):
            sample.judge(room, lot, absent=(room, lot) == ("R2", 3))
    sample.judge("R1", 10, sheets=5)
    return sample.state


def _judged() -> Sample:
    sample = _drawn()
    for room in sample.state.rooms:
        for appearance in sample.state.queue(room):
            sample.judge(room, appearance.lot, absent=(room, appearance.lot) in {("R2", 3), ("R3", 40)})
    return sample


@cache
def judged() -> State:
    """Every lot is over; the inspection is still to come."""
    return _judged().state


@cache
def closed() -> State:
    """The run is closed."""
    sample = _judged()
    sample.do(c.IssueReport(form="draw-record", serial=1, pages=6, sha256="ab" * 32), after_ms=60_000)
    sample.do(c.CloseRun(people=PEOPLE), after_ms=600_000)
    return sample.state


def reopened() -> State:
    """The run was closed, opened again, and closed."""
    sample = _judged()
    sample.do(c.CloseRun(people=PEOPLE), after_ms=600_000)
    sample.do(f.ReopenRun(people=PEOPLE[:2], reason="一份纸质评分表漏录"), after_ms=60_000)
    sample.do(c.CloseRun(people=PEOPLE), after_ms=600_000)
    return sample.state
