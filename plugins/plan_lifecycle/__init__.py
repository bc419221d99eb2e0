"""The yearly life of an administrative-reform plan: cascade, remind, collect, compile.

A province issues a plan; every commune below it gets a draft of its own plan, is reminded once per rung, answers in
whichever way it can, and finds itself by name in the consolidated report. ``docs/architecture.md`` tells the way.
"""

__version__ = "0.1.0"
