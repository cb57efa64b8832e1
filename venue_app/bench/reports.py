"""A hundred and fifty candidates' sheets: how long to lay out, seal, draw and sign, and whether memory stays."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import monotonic_ns, process_time_ns
from typing import Any

from venue_app.bench.figures import peak_mb, seconds
from venue_app.host.drawing_again import modules
from venue_app.reports import draw, lay
from venue_app.reports.models import CandidateSheet, CandidateSheets, Criterion, PageFrame, SeatMarks
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.seal.pdfsign import sign_pdf
from venue_app.seal.statement import PageStatement

SHEETS, SEATS, ROUNDS = 150, 9, 4
_AT = 1_777_600_000_000
_EVENT = "00" * 16
_CRITERIA = ("演讲内容", "语言表达", "岗位认识", "应变能力", "仪表举止")


def bench_reports(folder: Path) -> dict[str, Any]:
    """`seconds` for the first file of all sheets, fonts read included; `again_s` for the fastest of the later ones.

    `cpu_s` is the processor time of the first, which a busy machine does not lengthen; `grown_mb` how much more
    memory the last ones needed than the second, once all faces and caches are filled.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        keys = load_or_create(Path(name))
        taken, peaks = [], []
        size, cpu = 0, process_time_ns()
        for number in range(ROUNDS):
            start = monotonic_ns()
            size = len(_made(keys, number))
            taken.append(monotonic_ns() - start)
            peaks.append(peak_mb())
            cpu = process_time_ns() - cpu if number == 0 else cpu
    first, last = peaks[1], peaks[-1]
    return {
        "sheets": SHEETS,
        "seconds": seconds(taken[0]),
        "cpu_s": seconds(cpu),
        "again_s": seconds(min(taken[1:])),
        "megabytes": round(size / (1 << 20), 1),
        "peak_mb": last,
        "grown_mb": None if first is None or last is None else last - first,
    }


def _made(keys: VenueKeys, round_: int) -> bytes:
    frame = PageFrame(
        event="县公开自荐",
        mode="official",
        place="县委党校",
        date="2026-05-01",
        language="zh-CN",
        serial=round_ + 1,
        reprint=0,
        journal_size=5447,
        journal_head="ab" * 32,
        software="bench",
        key=keys.announced()["ed25519"],
    )

    def statement(page: int, pages: int, digest: bytes) -> str:
        return keys.sign_page(
            PageStatement(
                event=_EVENT,
                form="candidate-sheets",
                serial=str(round_ + 1),
                page=page,
                pages=pages,
                digest=digest,
                numbers=(),
                size=5447,
                root=bytes(32),
                at=_AT,
                mode="official",
            )
        )

    form = CandidateSheets(sheets=tuple(_sheet(lot, round_) for lot in range(1, SHEETS + 1)))
    return sign_pdf(draw(lay(form, "zh-CN"), frame=frame, statement=statement, qr=modules), keys, _AT)


def _sheet(lot: int, round_: int) -> CandidateSheet:
    """One of a hundred and fifty that differ, as they do on the day."""
    seats = tuple(
        SeatMarks(
            seat=f"{seat}号",
            marks=tuple(
                f"{(lot * 7 + seat * 3 + at + round_) % 20}.{lot % 10}" for at in range(len(_CRITERIA))
            ),
            total=f"{70 + (lot + seat) % 29}.{(lot + round_) % 10}",
            dropped="high" if seat == 1 else "low" if seat == 2 else "",
            receipt=f"K{lot % 10}F-{seat}Q9",
        )
        for seat in range(1, SEATS + 1)
    )
    return CandidateSheet(
        room="第1考场",
        lot=lot,
        name=f"考生{lot}",
        post="县文化局副局长",
        criteria=tuple(Criterion(title=title, maximum="20") for title in _CRITERIA),
        seats=seats,
        sum=f"{500 + lot}.{lot % 10}",
        kept=SEATS - 2,
        mean=f"{71 + lot % 20}.{lot % 100:02d}",
        working="去掉一个最高分和一个最低分，其余平均。",
    )
