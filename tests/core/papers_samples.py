"""Made-up models of the papers around the room, at any size, with the longest names and rare characters."""

from __future__ import annotations

from tests.core.reports_samples import name, post, sha
from venue_app.reports.models import Form
from venue_app.reports.papers import (
    Appointee,
    Appointment,
    Asked,
    Attendant,
    Bag,
    Closing,
    Course,
    EntryPass,
    EntryPasses,
    Notice,
    NoticeLine,
    NoticePost,
    ScoreSheet,
    ScoreSheets,
    Sealed,
    SealingLabels,
    SealingList,
    SiteRecord,
    Sum,
)

_CRITERIA = (
    ("演讲内容", "30", "主题鲜明，思路清晰，切合实际", "好24～30\n中15～23.9\n差0～14.9"),
    ("语言表达", "20", "口齿清楚，表达准确，有感染力", "好16～20"),
    ("岗位认识", "20", "", ""),
)
_MARKS = ("27.5", "16.0", "18.0")


def score_sheet(lot: int, *, corrected: bool = False) -> ScoreSheet:
    """Marks 27.5, 16 and 18 of 70; `corrected`: the first was 25.0 before. Lot 0: an empty sheet."""
    return ScoreSheet(
        room="第一考场",
        group="评委组",
        post=post(lot) if lot else "",
        lot=lot,
        seat="3号",
        criteria=tuple(
            Asked(
                title=title,
                maximum=most,
                look_for=look,
                bands=bands,
                mark=mark if lot else "",
                before=("25.0",) if corrected and at == 0 else (),
            )
            for at, ((title, most, look, bands), mark) in enumerate(zip(_CRITERIA, _MARKS, strict=True))
        ),
        maximum="70",
        total="61.5" if lot else "",
        receipt="K7F-2Q9" if lot else "",
    )


def notice(count: int) -> Notice:
    lines = tuple(
        NoticeLine(
            number=f"第一考场{number}号",
            parts=("12.00", f"{60 - number * 0.1:.2f}"),
            composite=f"{72 - number * 0.1:.2f}",
            rank=number,
            remark="入围" if number < 4 else "",
        )
        for number in range(1, count + 1)
    )
    return Notice(
        components=("演讲稿\n(15分)", "演讲及测试\n(65分)"),
        posts=(NoticePost(title=post(2), places=2, lines=lines),),
    )


def appointment(count: int) -> Appointment:
    return Appointment(
        people=tuple(
            Appointee(
                name=name(number),
                sex="女",
                born="1980.01",
                education="大学",
                present=post(number),
                intended=post(number + 1),
            )
            for number in range(count)
        )
    )


def site_record(count: int) -> SiteRecord:
    return SiteRecord(
        opened="2026-05-01 08:30",
        closed="2026-05-01 18:05",
        scheme="公开自荐副科级领导干部方案",
        people=tuple(Attendant(role="notary", name=name(number)) for number in range(min(count, 12))),
        digests=(("方案摘要", sha("plan")), ("名单摘要", sha("list"))),
        equipment=(("评委终端", "21 台"),),
        course=tuple(Course(time=f"2026-05-01 09:{n % 60:02d}", what=f"第{n}项") for n in range(count)),
        result=((post(1), "、".join(name(n) for n in range(3))),),
    )


def closing(count: int) -> Closing:
    sums = (
        Sum(title="签号", numbers="签号 6，参加抽签 6", off=0),
        Sum(title="评分表", numbers="应收 42", off=2),
    )
    return Closing(
        opened="2026-05-01 08:30",
        closed="2026-05-01 18:05",
        sums=sums,
        reopened=tuple(Course(time="2026-05-01 18:30", what=name(n)) for n in range(min(count, 3))),
    )


def bags(count: int) -> tuple[Bag, ...]:
    contents = tuple(Sealed(what=f"考生成绩单{n}", count="1 页", mark=f"第 {n:04d} 号") for n in range(count))
    return (
        Bag(number=1, title=post(2), contents=contents, digest=sha("1")),
        Bag(number=2, title="成绩", contents=contents[:1], digest=sha("2")),
    )


def entry_passes(count: int, photo: str = "") -> EntryPasses:
    """Every third stands for three posts."""
    return EntryPasses(
        passes=tuple(
            EntryPass(
                number=f"E{n:03d}",
                code=f"C{n:03d}",
                name=name(n),
                sex="女",
                identity=f"990000********{n:04d}",
                posts=tuple((post(n + at), f"第{n % 3 + 1}考场") for at in range(3 if n % 3 == 0 else 1)),
                photo=photo,
            )
            for n in range(count)
        ),
        rules=tuple(f"须知{n}：" + "按报到时间到候考室签到，证件不齐的不得参加。" * 2 for n in range(9)),
    )


def every(count: int) -> dict[str, Form]:
    """Every one of these forms for an event of `count` people."""
    return {
        "score_sheet": ScoreSheets(sheets=tuple(score_sheet(lot) for lot in range(1, count + 1))),
        "blank_sheet": ScoreSheets(sheets=(score_sheet(0),)),
        "entry_pass": entry_passes(count),
        "notice": notice(count),
        "appointment": appointment(count),
        "site_record": site_record(count),
        "closing": closing(count),
        "sealing_list": SealingList(bags=bags(count)),
        "sealing_label": SealingLabels(bags=bags(min(count, 14))),
    }
