"""The windows: Qt only. Nothing here decides a rule, opens a socket or touches a database."""

from ui.singletons import pin

pin()
