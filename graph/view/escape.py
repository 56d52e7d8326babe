"""The two locks that keep what an article says from running in the page: escaping, and the hashes of a policy."""

import base64
import hashlib
import json

_UNSAFE = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script_json(value: object) -> str:
    r"""A value as JSON that may stand inside ``<script>``: no ``<``, ``>``, ``&`` and no line separators.

    Half a surrogate, which UTF-8 cannot write, becomes ``?``.

    Raises:
        ValueError: A number is not finite.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode("utf-8")
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return text


def source_hash(text: str) -> str:
    """What a content security policy names a script or style by, whose text between the tags is ``text``."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
