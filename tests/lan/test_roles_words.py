"""Every kind of entry as a sentence, in three languages; what waits for a witness; the protocol's document."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests import world
from tests.lan.test_views import play
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue, tr_in
from venue_app.domain import ballot_entries as b
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain import floor_commands as floor
from venue_app.domain import floor_entries as f
from venue_app.domain import hosts as h
from venue_app.domain import showing as s
from venue_app.domain.nouns import ChangeKind, DisplayClock, Judge, Person
from venue_app.domain.record import Record
from venue_app.domain.roles import Actor, Role
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as sb
from venue_app.state.telling import tell
from venue_app.state.witness import due
from venue_app.venue import Venue

NOTARY = Actor(role=Role.NOTARY, name="公证员乙")
LOT: dict[str, Any] = {"room": "R1", "lot": 2, "entry": "E001"}
PEOPLE = (Person(role="supervisor", name="闵建中"), Person(role="notary", name="尤思远"))
DIGEST = "0123456789abcdef" * 4

#: What can happen after a draw, in Chinese and in English.
CHANGES: tuple[tuple[ChangeKind, str, str], ...] = (
    (
        "withdrawn",
        "“考生出场顺序”抽签后，E001 退出：病（第二人 乙）",
        "After the draw “order of candidates”: E001 withdrew, 病 (second person 乙)",
    ),
    (
        "absent",
        "“考生出场顺序”抽签后，E001 缺席：病（第二人 乙）",
        "After the draw “order of candidates”: E001 stayed away, 病 (second person 乙)",
    ),
    (
        "late",
        "“考生出场顺序”抽签后，E001 迟到，取末签：病（第二人 乙）",
        "After the draw “order of candidates”: E001 came late and has the last lot, 病 (second person 乙)",
    ),
    (
        "replace",
        "“考生出场顺序”抽签后，E001 由后备递补：病（第二人 乙）",
        "After the draw “order of candidates”: E001 was replaced from the reserve, 病 (second person 乙)",
    ),
)


#: A fact of every kind, what it says in Chinese, and in English.
def display(seat: str, error: int) -> DisplayClock:
    return DisplayClock(seat=seat, device_name="平板", error=error, ahead=0, rtt=2 * error)


SAMPLES: dict[str, list[tuple[e.Fact, str, str]]] = {
    "event.created": [
        (world.created(), "活动“测试活动”建立（演练）", "Event “测试活动” made (rehearsal)"),
    ],
    "run.opened": [
        (
            e.RunOpened(people=PEOPLE, scheme_digest="", roster_digest=""),
            "开场，在场人员：闵建中、尤思远",
            "Opened, present: 闵建中, 尤思远",
        )
    ],
    "run.closed": [
        (e.RunClosed(people=PEOPLE), "闭场，在场人员：闵建中、尤思远", "Closed, present: 闵建中, 尤思远")
    ],
    "package.sealed": [
        (
            f.PackageSealed(label="试题", sha256=DIGEST, threshold=2, holders=("甲", "乙", "丙")),
            "封存“试题”：甲、乙、丙中 2 人同时到场方可开启",
            "Sealed “试题”: 2 of 甲, 乙, 丙 open it together",
        )
    ],
    "package.opened": [
        (
            f.PackageOpened(sha256=DIGEST, by=("甲", "丙")),
            "开启封存件 0123 4567 89ab cdef：甲、丙",
            "Opened package 0123 4567 89ab cdef: 甲, 丙",
        )
    ],
    "run.reopened": [
        (
            f.RunReopened(people=PEOPLE, reason="评分表录错"),
            "闭场后重新打开：评分表录错（闵建中、尤思远）",
            "Opened again after the close: 评分表录错 (闵建中, 尤思远)",
        )
    ],
    "scheme.changed": [
        (
            f.SchemeChanged(scheme="x", roster_kept=True),
            "更换方案，名册保留",
            "The plan was changed; the roster stays",
        ),
        (
            f.SchemeChanged(scheme="x", roster_kept=False),
            "更换方案，名册须重新导入",
            "The plan was changed; the roster has to be imported again",
        ),
    ],
    "judges.listed": [
        (
            d.JudgesListed(judges=(Judge(id="J01", name="甲", group="panel"),)),
            "评委抽签名单录入，共 1 人",
            "Judges listed for a draw: 1",
        )
    ],
    "draw.frozen": [
        (
            d.DrawFrozen(
                purpose="order",
                list="draw,order,absent=lot,late=barred\nitem,E001,in=R1\nitem,E003,in=R1\nplace,R1,seats=2\n",
                list_digest=DIGEST,
                parties=(),
                missing=(),
            ),
            "“考生出场顺序”抽签名单冻结，共 2 项；名单指纹 0123 4567 89ab cdef",
            "List frozen for the draw “order of candidates”, 2 on it, fingerprint 0123 4567 89ab cdef",
        )
    ],
    "draw.committed": [
        (
            d.DrawCommitted(purpose="seats", party="notary", commitment=DIGEST),
            "“评委席位”抽签，公证员承诺：0123 4567 89ab cdef",
            "notary committed for the draw “judges to seats”: 0123 4567 89ab cdef",
        )
    ],
    "draw.public": [
        (
            d.DrawPublic(purpose="order", public="31415"),
            "“考生出场顺序”抽签，现场公开数 31415",
            "Public part of the draw “order of candidates”: 31415",
        )
    ],
    "draw.revealed": [
        (
            d.DrawRevealed(purpose="pool", party="candidates", nonce="0" * 32, opened="revealed", second=""),
            "“评委人选”抽签，考生代表公开其数",
            "candidates' representative revealed its number for the draw “naming the panel”",
        ),
        (
            d.DrawRevealed(purpose="pool", party="notary", nonce="0" * 32, opened="envelope", second="乙"),
            "“评委人选”抽签，公证员未公开，已拆封信封（第二人 乙）",
            "notary did not reveal; the envelope was opened for the draw “naming the panel” (second person 乙)",
        ),
        (
            d.DrawRevealed(purpose="pool", party="notary", nonce="", opened="void", second="乙"),
            "“评委人选”抽签，公证员未公开且信封不符，按空缺继续（第二人 乙）",
            "notary: neither revealed nor in the envelope; the draw “naming the panel” goes on without "
            "(second person 乙)",
        ),
    ],
    "draw.drawn": [
        (
            d.DrawDrawn(
                purpose="questions", seed="", method="", result={"1am": ("B",), "2pm": ("A",)}, reserve=()
            ),
            "“试题”抽签完成，共 2 个签位",
            "Drawn, “question sets”: 2 places",
        )
    ],
    "draw.typed": [
        (
            d.DrawTyped(
                purpose="order", result={"R1": ("E001",)}, reserve=(), witnesses=("甲", "乙"), means="乒乓球"
            ),
            "录入“考生出场顺序”手工抽签结果，共 1 个签位；见证人：甲、乙",
            "Draw “order of candidates” held by hand typed in: 1 places; witnesses: 甲, 乙",
        )
    ],
    "draw.changed": [
        (
            d.DrawChanged(purpose="order", change=change, id="E001", place="", reason="病", second="乙"),
            chinese,
            english,
        )
        for change, chinese, english in CHANGES
    ],
    "draw.discarded": [
        (
            d.DrawDiscarded(purpose="order", reason="名单漏人", second="乙"),
            "“考生出场顺序”抽签作废：名单漏人（第二人 乙）",
            "The draw “order of candidates” was set aside: 名单漏人 (second person 乙)",
        )
    ],
    "showing.chosen": [
        (
            s.ShowingChosen(one_by_one=True),
            "其后的抽签逐一揭开签号",
            "From now on lots are turned over one by one",
        ),
        (
            s.ShowingChosen(one_by_one=False),
            "其后的抽签一次公布全部签号",
            "From now on lots are shown all at once",
        ),
    ],
    "lot.shown": [
        (
            s.LotShown(**LOT, how="press"),
            "编号 E001 揭开签号：第1组 签号 2（本人按键）",
            "Number E001 turned over: 第1组 lot 2 (own press)",
        ),
        (
            s.LotShown(**LOT, how="rest"),
            "编号 E001 揭开签号：第1组 签号 2（其余一并揭开）",
            "Number E001 turned over: 第1组 lot 2 (with the rest)",
        ),
    ],
    "turn.passed": [
        (s.TurnPassed(entry="E001"), "编号 E001 未到，稍后再抽", "Number E001 is not here; later"),
    ],
    "station.joined": [
        (
            e.StationJoined(seat="R1-3", device="d", device_name="平板 3"),
            "第1组 3 号席 加入：平板 3",
            "第1组, seat 3 joined: 平板 3",
        ),
        (
            e.StationJoined(seat="console-R2", device="d", device_name="电脑", person="罗静宜"),
            "第2组 控制台 加入：电脑、罗静宜",
            "第2组, Console joined: 电脑, 罗静宜",
        ),
        (
            e.StationJoined(seat="OBS-07", device="d", device_name="x"),
            "观众测评 7 号席 加入：x",
            "Observers, seat 7 joined: x",
        ),
    ],
    "station.released": [
        (
            e.StationReleased(seat="hall-2", reason="换机"),
            "大屏 2 收回：换机",
            "Big screen 2 taken back: 换机",
        )
    ],
    "candidate.called": [(e.CandidateCalled(**LOT), "第1组 叫签号 2", "第1组: lot 2 called")],
    "candidate.recalled": [(f.CandidateRecalled(**LOT), "第1组 再次叫签号 2", "第1组: lot 2 called again")],
    "candidate.absent": [(e.CandidateAbsent(**LOT), "第1组 签号 2 缺考", "第1组: lot 2 absent")],
    "identity.confirmed": [
        (
            f.IdentityConfirmed(**LOT, by="引导员"),
            "第1组 签号 2 身份核对无误，核对人 引导员",
            "第1组: lot 2 compared with the papers by 引导员",
        )
    ],
    "entry.waived": [
        (
            f.EntryWaived(**LOT, reason="本人放弃", second="乙"),
            "第1组 签号 2 弃权：本人放弃（第二人 乙）",
            "第1组: lot 2 gives up: 本人放弃 (second person 乙)",
        )
    ],
    "stage.started": [
        (
            e.StageStarted(room="R1", stage="speech", limit_ms=480_000),
            "第1组 演讲开始计时，限时 8:00",
            "第1组: Speech begins, limit 8:00",
        )
    ],
    "stage.paused": [
        (
            e.StagePaused(room="R1", reason="停电", spent_ms=62_500),
            "第1组 计时停在 1:02：停电",
            "第1组: clock stopped at 1:02: 停电",
        ),
        (
            e.StagePaused(room="R1", reason=e.RESTART, spent_ms=0),
            "第1组 计时停在 0:00：程序重新启动",
            "第1组: clock stopped at 0:00: the program was restarted",
        ),
    ],
    "stage.resumed": [
        (
            e.StageResumed(room="R1", spent_ms=62_500),
            "第1组 从 1:02 继续计时",
            "第1组: clock goes on from 1:02",
        )
    ],
    "stage.extended": [
        (
            f.StageExtended(room="R1", limit_ms=600_000, add_ms=120_000, reason="话筒故障"),
            "第1组 加时 2:00，限时改为 10:00：话筒故障",
            "第1组: 2:00 more, the limit is 10:00: 话筒故障",
        )
    ],
    "stage.ended": [
        (
            e.StageEnded(room="R1", stage="speech", spent_ms=461_000),
            "第1组 演讲结束，用时 7:41",
            "第1组: Speech over after 7:41",
        ),
        (
            e.StageEnded(room="R1", stage="speech", spent_ms=492_000, over_ms=12_000),
            "第1组 演讲结束，用时 8:12，超时 0:12",
            "第1组: Speech over after 8:12, 0:12 over the limit",
        ),
        (
            e.StageEnded(room="R1", stage="speech", spent_ms=492_000, over_ms=12_000, penalty="0.05"),
            "第1组 演讲结束，用时 8:12，超时 0:12，扣 0.05 分",
            "第1组: Speech over after 8:12, 0:12 over the limit: −0.05 points",
        ),
    ],
    "sheet.received": [
        (
            e.SheetReceived(**LOT, seat="R1-3", marks={}, total="80.0", receipt="K7F-2Q9"),
            "第1组 3 号席提交签号 2 的评分，回执 K7F-2Q9",
            "第1组, seat 3: marks for lot 2, receipt K7F-2Q9",
        ),
        (
            e.SheetReceived(**LOT, seat="OBS-07", marks={}, total="8", receipt="K7F-2Q9"),
            "第1组 观众测评 7 号席提交签号 2 的评分，回执 K7F-2Q9",
            "第1组, Observers, seat 7: marks for lot 2, receipt K7F-2Q9",
        ),
        (
            e.SheetReceived(**LOT, seat="R1-3", marks={}, total="80", receipt="K7F-2Q9", paper=("甲", "乙")),
            "第1组 3 号席签号 2 的纸质评分由 甲、乙 录入，回执 K7F-2Q9",
            "第1组, seat 3: paper sheet for lot 2 typed in by 甲, 乙, receipt K7F-2Q9",
        ),
    ],
    "sheet.reopened": [
        (
            f.SheetReopened(**LOT, seat="R1-3", replaces=7, reason="笔误", second="乙"),
            "第1组 3 号席签号 2 的评分退回更正：笔误（第二人 乙）",
            "第1组, seat 3: sheet for lot 2 given back: 笔误 (second person 乙)",
        )
    ],
    "seat.excused": [
        (
            e.SeatExcused(**LOT, seat="R1-3", excuse="excused", reason="离席"),
            "第1组 3 号席不评签号 2：离席",
            "第1组, seat 3: does not mark lot 2: 离席",
        ),
        (
            e.SeatExcused(**LOT, seat="R1-3", excuse="recused", reason="亲属"),
            "第1组 3 号席回避签号 2：亲属",
            "第1组, seat 3: recused for lot 2: 亲属",
        ),
    ],
    "seat.recused": [
        (
            f.SeatRecused(seat="R1-3", post="P1", reason="亲属"),
            "第1组 3 号席 回避职位“文化局副局长”：亲属",
            "第1组, seat 3: recused for the post “文化局副局长”: 亲属",
        )
    ],
    "result.computed": [
        (
            e.ResultComputed(**LOT, component="live", value="80.25"),
            "第1组 签号 2 评分已齐，演讲及测试 80.25",
            "第1组: all marks in for lot 2, Speech and test 80.25",
        )
    ],
    "result.checked": [
        (
            e.ResultChecked(**LOT, checker="丙"),
            "第1组 签号 2 成绩由 丙 复核",
            "第1组: result of lot 2 checked by 丙",
        )
    ],
    "result.released": [
        (e.ResultReleased(**LOT), "第1组 签号 2 成绩公布", "第1组: result of lot 2 released")
    ],
    "signature.recorded": [
        (
            f.SignatureRecorded(**LOT, refused=""),
            "第1组 签号 2 考生签名确认成绩",
            "第1组: the candidate of lot 2 signed for the result",
        ),
        (
            f.SignatureRecorded(**LOT, refused="有异议"),
            "第1组 签号 2 考生拒绝签名：有异议",
            "第1组: the candidate of lot 2 would not sign: 有异议",
        ),
    ],
    "appearance.closed": [(e.AppearanceClosed(**LOT), "第1组 签号 2 退场", "第1组: lot 2 has left")],
    "panel.accepted": [
        (
            f.PanelAccepted(
                room="R1",
                lot=1,
                entry="E001",
                group="panel",
                count=4,
                minimum=5,
                people=("甲", "乙"),
                reason="三席回避",
            ),
            "第1组 签号 1：评委组有效评分 4 份，少于规定的 5 份，甲、乙决定照此计算：三席回避",
            "第1组, lot 1: Panel gave 4 valid sheets, fewer than the 5 required; 甲, 乙 decided that they count: 三席回避",
        )
    ],
    "incident.noted": [
        (
            f.IncidentNoted(room="R1", text="观众喧哗", decision="", lot=None, violation=False),
            "第1组 情况：观众喧哗",
            "第1组, incident: 观众喧哗",
        ),
        (
            f.IncidentNoted(room="R1", text="报出姓名", decision="提醒", lot=2, violation=True),
            "第1组 违规：签号 2：报出姓名；处理：提醒",
            "第1组, violation: lot 2: 报出姓名; decided: 提醒",
        ),
    ],
    "value.entered": [
        (
            e.ValueEntered(component="draft", entry="E099", value="88", second="乙", reason=""),
            "录入演讲稿：E099，88（第二人 乙）",
            "Written speech entered: E099, 88 (second person 乙)",
        ),
        (
            e.ValueEntered(component="draft", entry="E099", value=None, second="乙", reason="x"),
            "撤回演讲稿：E099（第二人 乙）",
            "Written speech taken back: E099 (second person 乙)",
        ),
    ],
    "report.issued": [
        (
            e.ReportIssued(form="composite", serial=7, pages=3, sha256=DIGEST),
            "生成第 7 号报表，3 页，指纹 0123 4567 89ab cdef",
            "Report 7 made, 3 pages, fingerprint 0123 4567 89ab cdef",
        )
    ],
    "witness.signed": [
        (
            f.WitnessSigned(milestone="result", room="R1", lot=2, size=120),
            "公证员公证员乙为第1组 签号 2 的成绩签名，存证 120 条",
            "Notary 公证员乙 signed for the result of 第1组, lot 2, 120 entries",
        )
    ],
    "announcing.chosen": [
        (
            f.AnnouncingChosen(room="R1", announcing="at-end"),
            "第1组 成绩公布时间：全部结束后公布",
            "第1组: results are told when all are over",
        )
    ],
    "clocks.noted": [
        (
            f.ClocksNoted(why="session", room="R1", displays=(display("R1-2", 3), display("hall-1", 12))),
            "第1组 已核对 2 个显示端的时钟，误差不超过 12 毫秒",
            "第1组: clocks of 2 displays compared, at most 12 ms off",
        ),
        (
            f.ClocksNoted(why="session", room="R1", displays=()),
            "第1组 没有可核对时钟的显示端",
            "第1组: no display is connected whose clock could be compared",
        ),
        (
            f.ClocksNoted(why="beyond", room=None, displays=(display("R1-3", 180),)),
            "第1组 3 号席显示的计时可能相差 180 毫秒",
            "The clock shown at 第1组, seat 3 may be 180 ms off",
        ),
    ],
    "photos.added": [
        (
            f.PhotosAdded(photos={"C001": "0" * 64, "C002": "1" * 64}),
            "已放入 2 张身份核对照片",
            "2 photographs for the identity check laid beside the event",
        )
    ],
    "step.undone": [
        (
            f.StepUndone(room="R1", undoes=41),
            "第1组 撤销一步（存证第 41 条，原记录保留）",
            "第1组: one step taken back (entry 41, which stays on record)",
        )
    ],
    "standby.named": [
        (
            h.StandbyNamed(epoch=2, keys={"ed25519": "ab12cd34" * 8}, urls=(), hosts=(), signature=""),
            "“”从现在起为备用电脑（密钥 AB12CD34…）",
            "“” is the standby laptop from now on (key AB12CD34…)",
        )
    ],
    "host.promoted": [
        (
            h.HostPromoted(
                epoch=2,
                keys={},
                urls=(),
                size=9,
                root="",
                reason="主机断电",
                names=("罗静宜", "公证员乙"),
                in_step=True,
                heard=0,
                signature="",
            ),
            "备用电脑接管（罗静宜、公证员乙）：主机断电。第 2 任主机",
            "The standby laptop took over (罗静宜, 公证员乙): 主机断电. Host number 2",
        )
    ],
    "ballot.opened": [
        (
            b.BallotOpened(
                poll="V1", ballot="a", where="", attempt=1, names=("C1", "C2"), rolls={}, timing=""
            ),
            "V1 开始投票，票上 2 人",
            "V1: voting opened, 2 names on the paper",
        )
    ],
    "ballot.issued": [
        (
            b.BallotIssued(poll="V1", voter_class="", digests=(DIGEST,), papers=3),
            "V1 制发表决凭条 1 张、纸质票 3 张",
            "V1: 1 slips and 3 ballot papers made",
        )
    ],
    "ballot.papers": [
        (
            b.BallotPapers(poll="V1", papers=(b.BallotPaper(code="K7F2Q9ABCDEF", voter_class=""),)),
            "V1 公布 1 张票",
            "V1: 1 papers published",
        )
    ],
    "ballot.closed": [
        (
            b.BallotClosed(
                poll="V1",
                papers=1,
                digest=DIGEST,
                used=(DIGEST,),
                exchanged=(),
                entered={},
                unissued={},
                returned={},
                tellers=(),
                witness="闵建中",
            ),
            "V1 投票结束，收回 1 张，闵建中 见证",
            "V1: voting closed, 1 papers, before 闵建中",
        )
    ],
    "ballot.counted": [
        (
            b.BallotCounted(
                poll="V1",
                voter_class="",
                issued=9,
                returned=8,
                valid=7,
                void=1,
                blank=0,
                void_vote=False,
                votes={},
                others={},
            ),
            "V1 计票：发出 9、收回 8、有效 7、无效 1",
            "V1: counted: issued 9, returned 8, valid 7, void 1",
        )
    ],
    "ballot.withdrawn": [
        (
            b.BallotWithdrawn(poll="V1", voter_class="staff", reason="录错", second="闵建中"),
            "V1 撤回一张录入的纸质票：录错（闵建中 同意）",
            "V1: a typed-in paper ballot taken out again: 录错 (闵建中 agreed)",
        )
    ],
    "ballot.abandoned": [
        (
            b.BallotAbandoned(poll="V1", reason="票发错", second="闵建中"),
            "V1 终止，票已销毁未拆看：票发错（闵建中 同意）",
            "V1: given up, papers destroyed unread: 票发错 (闵建中 agreed)",
        )
    ],
}


def record(fact: e.Fact) -> Record:
    return Record(seq=9, at=1, mono=1, boot="b", actor=NOTARY, data=fact)


def roster_fact(venue: Venue) -> e.RosterImported:
    command = world.roster()
    fields = {name: getattr(command, name) for name in e.RosterImported.__struct_fields__}
    return e.RosterImported(**fields)


def test_every_kind_has_its_sentence_in_every_language(venue: Venue) -> None:
    samples = {**SAMPLES, "roster.imported": [(roster_fact(venue), "", "")]}
    assert samples.keys() == e.KINDS.keys()
    for kind, facts in samples.items():
        assert isinstance(facts, list)
        for fact, _, _ in facts:
            assert e.NAMES[type(fact)] == kind
            for language in LANGUAGES:
                told = tell(venue.state, record(fact), language).text
                assert told != tr_in(language, "witness.told_other", kind=kind)
                assert not re.search(r"[{}]|witness\.|venue_app", told), (kind, language, told)


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_it_says(venue: Venue, kind: str) -> None:
    for fact, chinese, english in SAMPLES[kind]:
        assert tell(venue.state, record(fact), "zh-CN").text == chinese
        assert tell(venue.state, record(fact), "en").text == english


def test_the_roster_is_told_in_numbers(venue: Venue) -> None:
    told = tell(venue.state, record(roster_fact(venue)), "zh-CN").text
    assert told == "导入名册：考生 6 人，报名 6 份，职位 2 个，考场 2 个，席位 34 个"


def test_no_candidate_is_named_in_any_sentence_of_a_day(venue: Venue) -> None:
    told: list[str] = []
    venue.listen(lambda x: told.extend(tell(x.state, one, "zh-CN").text for one in x.records))
    play(venue)
    people = venue.state.candidates.values()
    assert len(told) == 47
    assert not [p.name for p in people if any(p.name in one or p.identity in one for one in told)]


def test_every_sentence_is_of_a_kind() -> None:
    """No sentence is left over for kinds there are none of."""
    variants = {
        "sheet.paper", "seat.recused_here", "signature.refused", "incident.violation", "value.withdrawn",
        "scheme.replaced", "showing.board", "draw.envelope", "draw.void",
        "stage.ended_over", "stage.ended_penalty", "clocks.noted_none", "clocks.beyond",
    }  # fmt: skip
    said = {k.removeprefix("witness.told.") for k in catalogue("zh-CN") if k.startswith("witness.told.")}
    assert said == e.KINDS.keys() | variants


# ---- what waits for a signature ----


def sign(venue: Venue, milestone: Any, room: str | None = None, lot: int | None = None) -> None:
    venue.ask(floor.CoSign(milestone=milestone, room=room, lot=lot), NOTARY)


def waits(venue: Venue, role: str = "notary") -> list[tuple[str, str | None, int | None]]:
    return [(d.milestone, d.room, d.lot) for d in due(venue.state, role)]


def judged(venue: Venue, lot: int) -> None:
    ask = lambda command: venue.ask(command, world.PROCTOR)  # noqa: E731
    world.on_floor(venue, lot=lot)
    for number in range(1, 8):
        world.send(venue, f"R1-{number}", lot)
    world.stages_over(venue)
    ask(c.CheckResult(room="R1", lot=lot, checker="核"))
    ask(c.ReleaseResult(room="R1", lot=lot))
    ask(c.CloseAppearance(room="R1", lot=lot))


def test_what_waits_is_signed_once_by_each_witness(venue: Venue) -> None:
    assert waits(venue) == [("opening", None, None), ("draw", None, None)]
    sign(venue, "opening")
    assert waits(venue) == [("draw", None, None)]
    assert waits(venue, "supervisor") == [("opening", None, None), ("draw", None, None)]
    sign(venue, "draw")
    judged(venue, 1)
    assert waits(venue) == [("result", "R1", 1)]
    judged(venue, 2)
    assert waits(venue) == [("session", "R1", None), ("result", "R1", 1), ("result", "R1", 2)]
    sign(venue, "result", "R1", 2)
    assert waits(venue) == [("result", "R1", 1)]
    judged(venue, 3)
    sign(venue, "session", "R1")
    assert waits(venue) == []


def test_a_corrected_result_waits_again(venue: Venue) -> None:
    sign(venue, "opening")
    sign(venue, "draw")
    judged(venue, 1)
    sign(venue, "session", "R1")
    venue.ask(floor.ReopenSheet(room="R1", lot=1, seat="R1-3", reason="笔误", second="乙"), world.PROCTOR)
    assert waits(venue) == []  # nothing to sign until it is checked again
    world.send(venue, "R1-3", 1, content="20.0")
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核"), world.PROCTOR)
    assert waits(venue) == [("result", "R1", 1)]
    sign(venue, "result", "R1", 1)
    assert waits(venue) == []


def test_a_redrawn_draw_waits_again(venue: Venue) -> None:
    sign(venue, "opening")
    sign(venue, "draw")
    venue.ask(dc.DiscardDraw(reason="漏人", second="乙"), world.PROCTOR)
    assert waits(venue) == []
    venue.ask(dc.FreezeDraw(), world.PROCTOR)
    venue.ask(dc.HoldDraw(public="271828"), world.PROCTOR)
    assert waits(venue) == [("draw", None, None)]


def test_the_close_is_signed_after_it(venue: Venue) -> None:
    with pytest.raises(Known) as caught:
        sign(venue, "close")
    assert caught.value.code == "venue.not_closed"
    sign(venue, "opening")
    sign(venue, "draw")
    for room in ("R1", "R2"):
        for lot in (1, 2, 3):
            venue.ask(c.MarkAbsent(room=room, lot=lot), world.PROCTOR)
    venue.ask(c.CloseRun(people=world.PEOPLE), world.PROCTOR)
    assert waits(venue) == [("close", None, None)]
    sign(venue, "close")
    assert waits(venue) == []


# ---- the document ----

DOC = (Path(__file__).parents[2] / "docs/formats/role-protocol.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOC, re.DOTALL)]
SHARED = {m.Hello, m.Ping, m.Bye, m.Pong, m.Refused, m.Released, m.Hosts}
PLACE, LAPTOP = typing.get_args(r.FromPlace), typing.get_args(r.FromLaptop)
STANDBY = (*typing.get_args(sb.FromStandby), *typing.get_args(sb.ToStandby))
KINDS = {cls.__struct_config__.tag: cls for cls in (*PLACE, *LAPTOP, *STANDBY) if cls not in SHARED}


def test_the_document_has_every_message_once() -> None:
    assert sorted(example["type"] for example in EXAMPLES) == sorted(KINDS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["type"])
def test_an_example_has_all_fields_and_reads_back_the_same(example: dict[str, Any]) -> None:
    cls = KINDS[example["type"]]
    assert set(example) - {"type"} == {field.encode_name for field in structs.fields(cls)}
    place = r.read_from_place if cls in PLACE else sb.read_from_standby
    laptop = r.read_from_laptop if cls in LAPTOP else sb.read_to_standby
    heard = cls in (*PLACE, *typing.get_args(sb.FromStandby))
    message = (place if heard else laptop)(json.dumps(example))
    assert type(message) is cls
    assert json.loads(m.encode(message)) == example
