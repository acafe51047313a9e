"""What of a reply in JSON can be read while it is still on its way."""

from __future__ import annotations

import json
import re

_TEXT = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)')


def texts_so_far(reply: str) -> list[str]:
    """Return the values of `text` in the JSON of a reply, in order, the last of them perhaps cut."""
    return [_unescaped(match[1]) for match in _TEXT.finditer(reply)]


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:  # cut within an escape
        return text.rpartition("\\")[0]
