"""Names that a text gives in both scripts: ``Schaeffler（舍弗勒）``, ``Dianshi Aviation (点石航空)``."""

import re
from collections.abc import Sequence

from extract.finders.chinese import Found

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_BEFORE = re.compile(r"[A-Z][A-Za-z0-9&.\-]*(?: [A-Z&][A-Za-z0-9&.\-]*){0,5} ?[（(]$")
_CHINESE_BEHIND = re.compile(r" ?[（(]([\u3400-\u9fff][\u3400-\u9fff（）()A-Za-z0-9]{1,30}?)[)）](?![\u3400-\u9fff])")


def other_script(text: str, found: Sequence[Found]) -> list[Found]:
    """The form in the other script of names that have one beside them in brackets, where none was found there.

    >>> name = Found(11, 14, "enterprise", "register", 0.9)
    >>> [text[form.start : form.end] for text in ["Schaeffler（舍弗勒）"] for form in other_script(text, [name])]
    ['Schaeffler']
    """
    taken = bytearray(len(text))
    for name in found:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    out = []
    for name in found:
        if _HAN.match(text, name.start):
            match = _LATIN_BEFORE.search(text[max(0, name.start - 60) : name.start])
            if match and text[name.end : name.end + 1] in (")", "）"):
                start = max(0, name.start - 60) + match.start()
                out.append((start, start + len(match[0].rstrip("（( ")), name))
        elif match := _CHINESE_BEHIND.match(text, name.end):
            out.append((*match.span(1), name))
    return [
        Found(start, end, name.kind, "script", name.confidence) for start, end, name in out if not any(taken[start:end])
    ]
