"""From the state of an event to the plain models the forms print. Pure; the words come from the catalogues."""

from venue_app.reports.fill.cards import card_names
from venue_app.reports.fill.catalogue import (
    FORMS,
    Filled,
    day_forms,
    fill,
    fill_again,
    form_names,
    forms_of,
    possible_forms,
)

__all__ = [
    "FORMS",
    "Filled",
    "card_names",
    "day_forms",
    "fill",
    "fill_again",
    "form_names",
    "forms_of",
    "possible_forms",
]
