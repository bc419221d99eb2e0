"""What a quantitative target asks for."""

from plan_lifecycle.domain.target._model import Target

__all__ = ["Target"]
