"""Paper forms: pure functions from small frozen models to PDF files."""

from venue_app.reports.render import Layout, PageFacts, draw, facts_of_pages, lay, page_facts, render

__all__ = ["Layout", "PageFacts", "draw", "facts_of_pages", "lay", "page_facts", "render"]
