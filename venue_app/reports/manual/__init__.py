"""The manuals as booklets to print: short texts under `resources/manuals`, laid out with the forms' own type.

pdf = manual_pdf("judge", "zh-CN")     # any of MANUALS
"""

from venue_app.reports.manual.booklet import MANUALS, manual_pdf

__all__ = ["MANUALS", "manual_pdf"]
