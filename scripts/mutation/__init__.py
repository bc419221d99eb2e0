"""Small faults put into a scratch copy of the code, to see which of them no test finds (`scripts/mutate.py`)."""
