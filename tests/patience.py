"""How long a test waits for what must come. No test fails because the machine has much else to do."""

PATIENCE = 300.0
"""Seconds: a hundred times what it takes on a quiet machine; who waits so long waits for what never comes."""
