"""What must not break it, tried: bad networks, kills, a full disk, the hostile.

Traffic goes to the loopback, or to addresses inside network namespaces that are made for it and vanish with it; processes
that are ended are those started here.
"""
