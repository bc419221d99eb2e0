"""The production topology of docker-compose.yaml without an engine: the same parts, commands, values; on 127.0.0.1."""
