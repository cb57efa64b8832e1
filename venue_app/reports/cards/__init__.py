"""Cards: sheets printed before the day and cut apart or folded. No reports: nothing is decided by them, nothing is sealed.

pdf = cards_pdf(form, language)      # any of `Cards`
"""

from venue_app.reports.cards.models import Cards
from venue_app.reports.cards.render import cards_pdf

__all__ = ["Cards", "cards_pdf"]
