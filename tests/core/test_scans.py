"""A report checked from paper: photographs and scans, with what happens to paper."""

from __future__ import annotations

import pytest

from tests.core.paper import as_file, scanned
from tests.heard import hear_all, opened
from venue_app.host.checking import check_beside
from venue_app.host.reporting import produce
from venue_app.seal.pages import codes_on_pages
from venue_app.seal.verify import verify_file


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An event, and its candidates' sheets as a file of six pages."""
    folder = tmp_path_factory.mktemp("scans")
    host = opened(folder / "e.venue")
    hear_all(host)
    path = produce(host.venue, host.keys, ("candidate-sheets",), folder)[0].path
    yield host, path.read_bytes()
    host.close()


def said(verdict) -> dict[str, bool | None]:
    return {check.code: check.ok for check in verdict.checks}


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("turn", [3.0, -3.0])
def test_a_creased_stained_page_is_read(made, dpi, turn):
    _, pdf = made
    image = scanned(pdf, 2, dpi, turn=turn)
    for kind in ("PNG", "JPEG"):
        texts = codes_on_pages(as_file(image, kind))[0].texts
        assert texts == codes_on_pages(pdf)[1].texts


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_one_page_on_a_photograph_is_recomputed(made, tmp_path, kind):
    host, pdf = made
    path = tmp_path / f"photo.{kind.lower()}"
    path.write_bytes(as_file(scanned(pdf, 4, 200), kind))
    verdict = check_beside(host.venue, path)
    found = said(verdict)
    assert verdict.kind == "scan"
    for code in ("seal.check.page_signatures", "seal.check.scanned", "audit.report_facts"):
        assert found[code] is True
    assert "第 4 页，共 6 页" in next(
        c.sentence("zh-CN") for c in verdict.checks if c.code == "seal.check.scanned"
    )
    assert False not in found.values() and "audit.report_file" not in found


def test_pages_in_any_order_and_a_foreign_sheet_among_them(made, tmp_path):
    host, pdf = made
    blank = scanned(pdf, 1, 150).point(lambda _: 255)
    sheets = [scanned(pdf, page, 150, seed=page) for page in (5, 2)]
    path = tmp_path / "scan.pdf"
    sheets[0].save(path, format="PDF", save_all=True, append_images=[sheets[1], blank])
    verdict = check_beside(host.venue, path)
    assert said(verdict)["seal.check.codes"] is None
    assert said(verdict)["audit.report_facts"] is True
    assert "第 2, 5 页" in next(c.sentence("zh-CN") for c in verdict.checks if c.code == "seal.check.scanned")


def test_a_photograph_of_something_else_proves_nothing(made, tmp_path):
    host, pdf = made
    path = tmp_path / "x.png"
    path.write_bytes(as_file(scanned(pdf, 1, 150).point(lambda _: 255), "PNG"))
    assert said(check_beside(host.venue, path))["seal.check.codes"] is None
    path.write_bytes(path.read_bytes()[:500])
    assert said(check_beside(host.venue, path))["seal.check.codes"] is False


def test_without_the_event_a_photograph_says_only_what_it_reads(made, tmp_path):
    _, pdf = made
    path = tmp_path / "p.png"
    path.write_bytes(as_file(scanned(pdf, 1, 200), "PNG"))
    found = said(verify_file(path))
    assert found["seal.check.scanned"] is True and found["seal.check.page_signatures"] is None
