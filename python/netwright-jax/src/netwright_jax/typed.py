"""Values of JSON that comes from anywhere, as what they have to be. All raise ValueError, which says what was there."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

MOST = 2**53


def whole(value: object, least: int = 0) -> int:
    """A whole number from `least` on; no truth value, and no float."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise ValueError(f"expected a whole number from {least}, and found {_shown(value)}")
    return value


def number(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"expected a finite number, and found {_shown(value)}")
    return value


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ValueError(f"expected a text, and found {_shown(value)}")
    return value


def items(value: object) -> Sequence[Any]:
    """A list."""
    if not isinstance(value, list):
        raise ValueError(f"expected a list, and found {_shown(value)}")
    return value


def mapping(value: object) -> Mapping[str, Any]:
    """An object of JSON."""
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, and found {_shown(value)}")
    return value


def _shown(value: object) -> str:
    return repr(value)[:60]
