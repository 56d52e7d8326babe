"""Organization names: folding for comparison, and the id that comes from it."""

import hashlib
import unicodedata

_DROPPED = str.maketrans("", "", "“”\"'‘’《》「」()[]【】〔〕")


def fold_name(name: str) -> str:
    """Fold an organization name so that spellings of one name compare equal.

    Width, case, spaces, quotes and brackets are folded away; words are not.  The result is for
    comparing, never for showing.  Folding twice changes nothing.

    Raises:
        ValueError: The name is blank.

    Source:
        NFKC is Unicode Standard Annex #15; the list of quotes and brackets is ours.

    >>> fold_name("华为（中国） 有限公司") == fold_name("华为(中国)有限公司")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", "".join(folded.split()))  # casefold can undo NFKC: ᾳ
    if not folded:
        raise ValueError("blank organization name")
    return folded


def organization_id(name: str) -> str:
    """The id of the organization whose canonical name is ``name``: 20 hexadecimal digits of the folded name.

    >>> organization_id("华为（中国）有限公司") == organization_id("华为(中国)有限公司")
    True
    """
    return hashlib.blake2b(fold_name(name).encode(), digest_size=10).hexdigest()
