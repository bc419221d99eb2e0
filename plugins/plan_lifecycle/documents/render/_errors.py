"""What a template can get wrong, said with its name."""

from __future__ import annotations

from plan_lifecycle.domain.errors import PlanLifecycleError


class TemplateError(PlanLifecycleError):
    """A Word template cannot be read, compiled or filled. ``variable`` names the value at fault where there is one."""

    def __init__(self, template: str, problem: str, *, variable: str | None = None, vi: str | None = None) -> None:
        self.template, self.variable = template, variable
        super().__init__(
            f"template {template}: {problem}",
            vi=vi or f"Mẫu văn bản {template} chưa dùng được; đề nghị kiểm tra lại mẫu ({problem}).",
        )

    @classmethod
    def missing(cls, template: str, variables: list[str]) -> TemplateError:
        """The template asks for values that the data do not have."""
        names = ", ".join(variables)
        return cls(
            template,
            f"no value for {names}",
            variable=variables[0],
            vi=f"Mẫu văn bản {template} dùng thông tin chưa có trong dữ liệu: {names}; đề nghị sửa lại thẻ trong mẫu.",
        )
