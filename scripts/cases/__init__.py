"""The plans of the five cases in ``examples/``: texts of our own around known facts; each case's README tells which.

One module a case, with ``FILE`` (its path below ``examples/``) and ``document()``.
"""
