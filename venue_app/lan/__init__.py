"""The venue's own network: stations join a seat, see what their role allows, and their sheets arrive.

On the laptop: `LanServer` (server.py), run in a `LoopThread` (thread.py) or in any loop; its
`issue_code` makes joining codes, `presence` says who is there. On a station: `join` and
`StationClient` (client.py), with an `Outbox` (outbox.py). `messages.py` is the protocol, documented
in docs/formats/station-protocol.md. The laptop's certificate and key come from `venue_app.seal.keys`:

    keys = load_or_create()
    me = keys.tls(addresses())
    server = LanServer(venue, server_context(me.chain, me.key))
    await server.start(port=0)
    link = JoiningLink(base_url("127.0.0.1", server.port), server.issue_code(seat).code, me.key_sha256)
    client = StationClient(await join(link, "robot 1"))
"""
