"""Made-up models of every form, at any size and in any language, for the tests of the printed forms."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from venue_app.reports.models import (
    Attendant,
    CandidateSheet,
    CandidateSheets,
    ClockReading,
    Component,
    Composite,
    CompositeLine,
    CompositePost,
    Contribution,
    Criterion,
    DrawCheck,
    DrawLine,
    DrawPlace,
    DrawRecord,
    DrawRoom,
    Form,
    LogLine,
    OpeningReport,
    PageFrame,
    Part,
    RoomLine,
    RoomLog,
    RoomSummary,
    SeatMarks,
    Shortlist,
    ShortlistLine,
    StationLine,
    Transcript,
)

LONG = "阿卜杜热合曼·努尔买买提·吐尔逊江·艾山江·玉素甫·买合木提"
NAMES = ("何雪", "王㛃", "张𠮷", "李𬭎", "陈䶮", "阿依古丽·买买提", "Lý Thị Hoa", "欧阳文静", LONG)
POSTS = ("新安所镇副镇长", "环境保护局副局长", "县人力资源和社会保障局劳动保障监察大队副大队长(副科级)")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def frame(language: str = "zh-CN", mode: str = "official", reprint: int = 0) -> PageFrame:
    return PageFrame(
        event="县公开自荐副科级领导干部演讲及测试",
        mode=mode,  # type: ignore[arg-type]
        place="县委党校综合楼",
        date="2026-05-01",
        language=language,
        serial=12,
        reprint=reprint,
        journal_size=1843,
        journal_head=sha("head"),
        software="venue-app 0.1.0",
        key=sha("key")[:32],
    )


def name(number: int) -> str:
    return NAMES[number % len(NAMES)]


def post(number: int) -> str:
    return POSTS[number % len(POSTS)]


def ids(count: int, seed: str) -> tuple[str, ...]:
    made = [f"E{number:03d}" for number in range(1, count + 1)]
    return tuple(sorted(made, key=lambda one: (sha(f"{seed},{one}"), one)))


SEED = f"venue-draw-2,8c1f0e5d2b7a4936a1c2e3f405162738,{sha('list')},3141592653,program={sha('nonce')}"
TRANSCRIPT = Transcript(
    method="sha256-ticket-2",
    list_digest=sha("list"),
    seed=SEED,
    contributions=(
        Contribution(party="程序", commitment=sha("commit"), revealed=sha("nonce")),
        Contribution(party="公证员", commitment=sha("other"), revealed="", opened="信封不符"),
        Contribution(party="监督员当众掷骰", commitment="", revealed="3141592653"),
    ),
)


def draw_record(count: int, rooms: int = 1) -> DrawRecord:
    share = -(-count // rooms)
    made = []
    for room in range(rooms):
        lots = range(1, min(share, count - room * share) + 1)
        lines = tuple(DrawLine(lot=n, name=name(n), post=post(n), id=f"E{n:03d}") for n in lots)
        made.append(DrawRoom(title=f"第{room + 1}测试室", lines=lines))
    return DrawRecord(rooms=tuple(made), transcript=TRANSCRIPT)


def draw_check(count: int) -> DrawCheck:
    lines = ["draw,order,absent=lot,late=barred", f"place,R1,seats={count}"]
    lines += [f"item,E{number:03d},in=R1" for number in range(1, count + 1)]
    text = "".join(f"{line}\n" for line in sorted(lines))
    seed = SEED.replace(sha("list"), sha(text))
    drawn = ids(count, seed)
    return DrawCheck(
        draw="考生出场顺序",
        transcript=replace(TRANSCRIPT, list_digest=sha(text), seed=seed),
        list=text,
        places=(DrawPlace(id="R1", title="第1测试室", ids=drawn),),
        reserve=(),
        worked=drawn[count // 2],
    )


CRITERIA = (
    Criterion(title="演讲内容", maximum="30"),
    Criterion(title="语言表达", maximum="20"),
    Criterion(title="岗位认识", maximum="20"),
    Criterion(title="应变能力", maximum="20"),
    Criterion(title="仪表举止", maximum="10"),
)


def sheet(lot: int, seats: int = 7) -> CandidateSheet:
    if lot % 50 == 9:
        return CandidateSheet(room="第1测试室", lot=lot, name=name(lot), post=post(lot), absent=True)
    made = []
    for seat in range(1, seats + 1):
        dropped = {2: "high", 5: "low"}.get(seat, "")
        made.append(
            SeatMarks(
                seat=f"{seat} 号(主)" if seat == 1 else f"{seat} 号",
                marks=("26.5", "17.0", "16.5", "17.5", "8.0"),
                total="85.5",
                dropped=dropped,  # type: ignore[arg-type]
                receipt="K7F-2Q9",
            )
        )
    if seats > 5:
        made[3] = SeatMarks(seat="4 号", excuse="recused")
    return CandidateSheet(
        room="第1测试室",
        lot=lot,
        name=name(lot),
        post=post(lot),
        criteria=CRITERIA,
        seats=tuple(made),
        sum="342.0",
        kept=4,
        mean="85.50",
        working="6 位评委的评分,去掉一个最高分 85.5,去掉一个最低分 85.5,其余 4 位合计 342.0,平均 85.50 分。",
        also=(("观众测评(10 分)", "8.35"),),
    )


def sheets(count: int, seats: int = 7) -> CandidateSheets:
    return CandidateSheets(sheets=tuple(sheet(lot, seats) for lot in range(1, count + 1)))


def room_summary(count: int, seats: int = 7) -> RoomSummary:
    lines = []
    for lot in range(1, count + 1):
        if lot % 20 == 9:
            lines.append(RoomLine(lot=lot, absent=True))
            continue
        totals = tuple("" if lot % 7 == 3 and seat == 3 else f"{80 + seat}.5" for seat in range(seats))
        struck = (0, seats - 1) if seats > 2 else ()
        lines.append(
            RoomLine(
                lot=lot, totals=totals, struck=struck, highest=f"{79 + seats}.5", lowest="80.5", final="84.50"
            )
        )
    return RoomSummary(
        room="第1测试室",
        chief="章芳桂",
        seats=tuple(f"{seat} 号" for seat in range(1, seats + 1)),
        lines=tuple(lines),
    )


def composite(count: int, per_post: int = 10, inspected: bool = False) -> Composite:
    components = [
        Component(title="演讲稿", weight="15 分"),
        Component(title="演讲及测试", weight="65 分"),
        Component(title="观众测评", weight="10 分", raw=False),
    ]
    components += [Component(title="组织考察", weight="10 分")] if inspected else []
    posts: list[CompositePost] = []
    number = 0
    while number < count:
        lines = []
        for rank in range(1, min(per_post, count - number) + 1):
            number += 1
            absent = number % 40 == 9
            parts = [
                Part(raw="87.43", weighted="13.11"),
                Part() if absent else Part(raw="85.50", weighted="55.58"),
                Part() if absent else Part(weighted="8.35"),
            ]
            parts += [Part(raw="90.00", weighted="9.00")] if inspected else []
            lines.append(
                CompositeLine(
                    rank=None if absent else rank,
                    number=f"1-{number:02d}",
                    name=name(number),
                    parts=tuple(parts),
                    composite="" if absent else "77.04",
                    remark="缺考" if absent else ("入围" if rank <= 2 else ""),
                )
            )
        posts.append(CompositePost(title=post(len(posts)), places=1, lines=tuple(lines)))
    return Composite(components=tuple(components), posts=tuple(posts))


def shortlist(count: int) -> Shortlist:
    lines = tuple(
        ShortlistLine(
            post=post(n), name=name(n), composite="77.04", rank=1 + n % 2, basis="第 1 名,2:1 以内,达到 70 分"
        )
        for n in range(count)
    )
    return Shortlist(rule="三项综合成绩在 70 分以上(含 70 分),每个职位按 2:1 的比例确定", lines=lines)


PEOPLE = (
    Attendant(role="proctor", name="周明"),
    Attendant(role="supervisor", name="吴𠮷祥", note="县纪委监委"),
    Attendant(role="notary", name="郑䶮", note="县公证处"),
)


def opening_report(stations: int = 21) -> OpeningReport:
    return OpeningReport(
        opened="2026年5月1日 08:12:40",
        scheme="县公开自荐方案",
        scheme_digest=sha("scheme"),
        roster_digest=sha("roster"),
        counts=(("职位", "15"), ("考生", "150"), ("考场", "3"), ("评委", "21"), ("旁听评议员", "20")),
        people=PEOPLE,
        clocks=(
            ClockReading(name="本机与授时电话", offset="+0.4 秒", note="当场对表"),
            ClockReading(name="第2测试室平板", offset="-0.1 秒"),
        ),
        stations=tuple(
            StationLine(
                room=f"第{1 + n // 7}测试室",
                seat=f"{1 + n % 7} 号",
                device=f"平板 {n + 1:02d}",
                code="K7F-2Q9",
            )
            for n in range(stations)
        ),
    )


def room_log(lines: int = 3) -> RoomLog:
    what = "签号 17 陈述中话筒断电,主评委宣布暂停计时,更换话筒后继续。"
    made = tuple(
        LogLine(
            time=f"09:{14 + n % 40:02d}:03", what=what, handling="暂停 1 分 12 秒,不计入时限;监督员在场。"
        )
        for n in range(lines)
    )
    return RoomLog(
        room="第1测试室",
        session="上午",
        people=PEOPLE,
        expected=50,
        present=48,
        absent=(9, 29),
        late=(31,),
        lines=made,
    )


def every(count: int) -> dict[str, Form]:
    """Every form for an event of `count` people."""
    return {
        "opening_report": opening_report(1 if count == 1 else 21),
        "draw_record": draw_record(count, 1 if count < 3 else 3),
        "draw_check": draw_check(min(count, 50)),
        "candidate_sheets": sheets(count),
        "room_summary": room_summary(min(count, 50)),
        "composite": composite(count),
        "shortlist": shortlist(min(count, 29)),
        "room_log": room_log(0 if count == 1 else 12),
    }
