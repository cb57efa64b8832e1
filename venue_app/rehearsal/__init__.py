"""A whole event by robots: real stations over the LAN, a conductor in the proctor's place."""
