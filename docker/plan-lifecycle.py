#!/usr/bin/env python
"""The command ``plan-lifecycle`` of the image, where the package is not installed but on the path.

Its processes (the portal's workers, the readers of papers) import this file again: it must do nothing then.
"""

from plan_lifecycle.cli import start

if __name__ == "__main__":
    start()
