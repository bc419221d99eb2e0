"""Let go what may go, never evidence: letters' words, mails, forms, drafts, lists, sessions, names of who left."""

from plan_lifecycle.lifecycle.retention._leaving import (
    MATTER_WORDS,
    Leaving,
    LetGo,
    gone_words,
    let_go,
    may_go_words,
    what_may_go,
)

__all__ = ["MATTER_WORDS", "Leaving", "LetGo", "gone_words", "let_go", "may_go_words", "what_may_go"]
