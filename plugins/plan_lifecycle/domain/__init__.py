"""The nouns of the field and the pure rules over them: no clock, no file, no network, no database."""
