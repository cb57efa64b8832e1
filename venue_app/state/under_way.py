"""What two laptops must not disagree on in its middle: open votes, and draws whose number is promised. In words."""

from __future__ import annotations

from venue_app.base.i18n import tr
from venue_app.state.model import State
from venue_app.state.polls import Poll
from venue_app.state.voting import open_polls


def votes_under_way(state: State) -> tuple[str, ...]:
    """Open votes as people call them."""
    return tuple(vote_called(state, poll) for poll in open_polls(state))


def votes_taken_behind(state: State) -> tuple[str, ...]:
    """Open votes that were open already when this host took over without being in step: papers counted before may be missing."""
    host = state.hosts[-1] if state.hosts else None
    if host is None or host.in_step:
        return ()
    return tuple(vote_called(state, poll) for poll in open_polls(state) if poll.id in host.polls)


def vote_called(state: State, poll: Poll) -> str:
    """A vote by its title and number."""
    title = state.scheme.ballot(poll.ballot).title.say(state.scheme.language)
    return tr("standby.vote", title=title, id=poll.id)


def draws_under_way(state: State) -> tuple[str, ...]:
    """Draws whose list is frozen and that are not held yet."""
    return tuple(
        tr(f"draw.purpose.{draw.purpose}")
        for draw in state.draws.values()
        if draw.held_at is None and not draw.set_aside
    )


def under_way(state: State) -> str:
    """All of them as one sentence to put behind another; '' when there is nothing."""
    found = (*votes_under_way(state), *draws_under_way(state))
    return tr("standby.under_way", what=tr("standby.and").join(found)) if found else ""
