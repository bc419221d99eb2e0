"""Write the plans of the six cases into examples/: ``python -m scripts.make_examples [folder]``.

Same script, same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.cases import (
    bac_binh_2023,
    dak_mil_2020,
    duc_xuan_2024,
    emulation_2022_2025,
    lam_dong_2026_communication,
    lam_dong_2026_reform,
    tay_ninh_so_ngoai_vu_2020,
)

EXAMPLES = Path(__file__).parents[1] / "examples"
CASES = (
    bac_binh_2023,
    dak_mil_2020,
    emulation_2022_2025,
    tay_ninh_so_ngoai_vu_2020,
    duc_xuan_2024,
    lam_dong_2026_reform,
    lam_dong_2026_communication,
)


def main(folder: Path = EXAMPLES) -> None:
    """Write all of them; what else lies in a case's folder is left alone."""
    for case in CASES:
        path = folder / case.FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.document())
        print(path)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
