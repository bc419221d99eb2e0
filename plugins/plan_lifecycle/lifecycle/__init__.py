"""The verbs: cascade, remind, collect, review, compile. Collaborators are arguments; nothing is fetched."""
