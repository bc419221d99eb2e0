"""The plans of the six cases in ``examples/``: texts of our own around known facts; each case's README tells which.

One module a plan, with ``FILE`` (its path below ``examples/``) and ``document()``.
"""
