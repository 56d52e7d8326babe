"""One document → its claims.

    read → clean → find → resolve → relate

``extract_file`` and ``extract_text`` run the five steps; ``extract.records`` holds what they hand on.
The steps are imported when they are first called for, so that the values alone import fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline import Options, extract_document, extract_file, extract_text

__all__ = ["Options", "extract_document", "extract_file", "extract_text"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("extract.pipeline"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
