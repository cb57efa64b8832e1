"""What runs for one open event on the proctor's laptop: keys, the venue, the LAN, reports, bundles."""
