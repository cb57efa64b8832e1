"""Paper forms: pure functions from small frozen models to PDF files."""

from venue_app.reports.render import PageFacts, page_facts, render

__all__ = ["PageFacts", "page_facts", "render"]
