"""What a coordinator sets up, and the country's units: files become nouns of the domain, or errors that name the line.

Each module reads one kind of file and is imported by its own name, so that reading units does not pay for YAML.
"""
