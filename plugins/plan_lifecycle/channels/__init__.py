"""The ways in: each yields an Arrival, whatever the way."""
