"""Parts of the window around the screens: rail, top, finder, list of keys."""
