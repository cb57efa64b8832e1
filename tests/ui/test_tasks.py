"""Work in another thread, its answer in this one."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread

from tests.waits import WAIT_MS, WAIT_S
from ui import crash, tasks
from ui.tasks import Cancelled, Progress, run
from ui.widgets.busy import BusyLine
from venue_app.base.errors import Known


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    assert tasks.wait_for_all(WAIT_MS)


def test_done_is_called_in_the_windows_thread(qtbot, owner):
    seen: dict[str, object] = {}

    def work(_progress: Progress) -> int:
        seen["work"] = QThread.currentThread()
        return 42

    def done(result: int) -> None:
        seen["done"], seen["result"] = QThread.currentThread(), result

    with qtbot.waitSignal(run(work, owner=owner, done=done).ended):
        pass
    assert seen["result"] == 42
    assert seen["done"] is owner.thread()
    assert seen["work"] is not owner.thread()


def test_a_known_fault_goes_to_failed(qtbot, owner):
    faults: list[Known] = []

    def work(_progress: Progress) -> None:
        raise Known("start.cannot_open", name="a")

    with qtbot.waitSignal(run(work, owner=owner, failed=faults.append).ended):
        pass
    assert [fault.code for fault in faults] == ["start.cannot_open"]


def test_our_mistake_goes_to_the_crash_dialog(qtbot, owner, monkeypatch):
    reported: list[BaseException] = []
    monkeypatch.setattr(crash, "report", reported.append)

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(run(work, owner=owner, failed=lambda _fault: None).ended):
        pass
    assert [type(fault) for fault in reported] == [ZeroDivisionError]


def test_a_cancel_ends_work_at_its_next_report(qtbot, owner):
    started = threading.Event()
    seen: list[object] = []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.report(1, 2)

    task = run(work, owner=owner, done=seen.append, failed=seen.append)
    assert started.wait(WAIT_S)
    with qtbot.waitSignal(task.ended):
        task.cancel()
    assert seen == []


def test_the_last_report_always_arrives(qtbot, owner):
    told = []

    def work(progress: Progress) -> None:
        for n in range(1, 1001):
            progress.report(n, 1000)

    task = run(work, owner=owner)
    task.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(task.ended):
        pass
    assert told[-1] == (1000, 1000)
    assert len(told) < 1000


def test_an_owner_that_is_gone_hears_nothing(qtbot, qapp):
    go = threading.Event()
    seen: list[object] = []
    owner = QObject()

    def work(_progress: Progress) -> int:
        go.wait(WAIT_S)
        return 1

    task = run(work, owner=owner, done=seen.append)
    owner.deleteLater()
    qtbot.waitUntil(lambda: task.progress.cancelled)
    with qtbot.waitSignal(task.ended):
        go.set()
    assert seen == []


def test_only_the_windows_thread_may_start_work(qapp, owner):
    caught = []

    def elsewhere() -> None:
        try:
            run(lambda _progress: None, owner=owner)
        except RuntimeError as fault:
            caught.append(fault)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_reporting_after_a_cancel_raises():
    progress = Progress(lambda _done, _total: None)
    progress.report(1)
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.report(2)


def test_the_busy_line_watches_and_cancels(qtbot, owner):
    line, step = BusyLine(), threading.Event()
    qtbot.addWidget(line)

    def work(progress: Progress) -> None:
        progress.report(3, 10)
        while not step.wait(0.01):
            progress.report(3, 10)

    task = run(work, owner=owner)
    line.watch(task, "导入名册")
    qtbot.waitUntil(lambda: line.count.text() == "3 / 10")
    assert line.bar.maximum() == 10
    with qtbot.waitSignal(task.ended):
        line.cancel_button.click()
    assert line.isHidden()
    step.set()


def test_a_crash_is_logged_and_shown_once(qtbot, qapp, caplog, expect_error):
    expect_error("a mistake of ours")
    try:
        raise ValueError("broken")
    except ValueError as fault:
        crash.report(fault)
        crash.report(fault)
    assert len(crash._open) == 1
    dialog = crash._open[0]
    qtbot.addWidget(dialog)
    assert "ValueError: broken" in dialog.details.toPlainText()
    assert sum("a mistake of ours" in record.message for record in caplog.records) == 2
    dialog.accept()
    assert crash._open == []


def test_work_that_is_the_last_to_know_its_owner_lets_it_go_unhurt(qtbot):
    """The owner's end must not reach a task that is itself just ending."""
    gone: list[int] = []

    class Screen(QObject):
        def work(self, _progress: Progress) -> int:
            return 1

    screen = Screen()
    screen.destroyed.connect(lambda: gone.append(threading.get_ident()))
    with qtbot.waitSignal(run(screen.work, owner=screen).ended):
        del screen
    qtbot.waitUntil(lambda: gone == [threading.get_ident()])
