"""A year in minutes: the same verbs under a moving date, with units that behave in known ways."""
