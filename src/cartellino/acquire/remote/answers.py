"""What a museum's interface answers: a JSON object, or something that is none."""

from __future__ import annotations

import json
from typing import Any

Record = dict[str, Any]


def parsed(data: bytes) -> Record | str:
    """The JSON object in an answer, or why there is none, as a clause."""
    try:
        found = json.loads(data)
        if b"\\u" in data:
            json.dumps(found, ensure_ascii=False).encode("utf-8")  # fails on half of a surrogate pair
    except UnicodeError:
        return "its text is not UTF-8"
    except (ValueError, RecursionError):
        return "the answer is not JSON"
    return found if isinstance(found, dict) else "the answer is not a record, which has keys and values"
