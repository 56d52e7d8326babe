"""Mentions → organizations: the forms of one name within an article are joined, references are read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.aliases import defined_forms, has_aliases, join_forms, likely_forms
from extract.english_forms import join_forms as join_english_forms
from extract.names import fold_name, organization_id
from extract.records import Document, Mention, Organization, Span
from extract.references import has_references, resolve_references
from extract.sentences import split_sentences

_REACH = 20_000  # characters around a full name in which its short forms are looked for


def resolve_organizations(
    document: Document, mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Organization, ...]]:
    """The mentions in order of the text, each with its organization where one reading fits, and the organizations.

    The longest form of a name in the document's script is the canonical one, else the longest of all; of equally long
    ones the first in the text.  Forms that the text defines (以下简称) are mentions wherever they stand, and so are
    references (双方, 该公司) that have one reading.
    """
    text, language = document.text, document.language
    named = sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
    if has_aliases(language):
        defined = _defined(text, named, language)
        named = sorted([*named, *defined], key=lambda mention: (mention.span.start, -mention.span.end))
    owner = _owners(document, named)
    forms: dict[str, list[Mention]] = defaultdict(list)
    for mention in named:
        forms[owner[fold_name(mention.text)]].append(mention)
    resolved: list[Mention] = []
    organizations: list[Organization] = []
    for group in forms.values():
        texts = dict.fromkeys(_written(mention.text, language) for mention in group)
        name = max(texts, key=lambda form: (form.isascii() == (language == "en"), len(form)))
        canonical = fold_name(name)
        identity = organization_id(name)
        kind = next(mention.kind for mention in group if fold_name(mention.text) == canonical)
        aliases = tuple(form for form in texts if fold_name(form) != canonical)
        organizations.append(Organization(id=identity, name=name, kind=kind, aliases=aliases))
        resolved += [
            replace(mention, organization=identity, form="name" if fold_name(mention.text) == canonical else "alias")
            for mention in group
        ]
    resolved.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    if has_references(language):
        outer = [mention for mention, inside in zip(resolved, _inside(resolved), strict=True) if not inside]
        resolved += resolve_references(text, language, split_sentences(text, language), outer)
        resolved.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    return tuple(resolved), tuple(organizations)


def _inside(mentions: Sequence[Mention]) -> list[bool]:
    """For each mention in order of the text whether it lies in a longer one: 中国科学院 in an institute's name."""
    out: list[bool] = []
    end = 0
    for mention in mentions:
        out.append(mention.span.end <= end)
        end = max(end, mention.span.end)
    return out


def _written(name: str, language: str) -> str:
    """The name on one line; blanks beside Chinese characters go, those between Latin words stay."""
    words = name.split()
    if language != "zh" or len(words) < 2:
        return " ".join(words)
    out = words[0]
    for word in words[1:]:
        out += (" " if out[-1].isascii() and word[0].isascii() else "") + word
    return out


def _owners(document: Document, named: Sequence[Mention]) -> dict[str, str]:
    """For each folded name the folded name that its organization goes by."""
    if has_aliases(document.language):
        return join_forms(document.text, named, document.language)
    folds = {mention.text: fold_name(mention.text) for mention in named}
    if document.language != "en":
        return {fold: fold for fold in folds.values()}
    ends: dict[str, list[int]] = defaultdict(list)
    written: dict[str, str] = {}
    for mention in named:
        ends[written.setdefault(folds[mention.text], mention.text)].append(mention.span.end)
    hosts = join_english_forms(document.text, ends)
    return {fold: folds[hosts[text]] for fold, text in written.items()}


def _defined(text: str, named: Sequence[Mention], language: str) -> list[Mention]:
    """Mentions of the forms that the text defines, and of the likely short forms, where no name was found yet."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for mention in named:
        taken[mention.span.start : mention.span.end] = b"\1" * (mention.span.end - mention.span.start)
    of_name = {mention.text: mention for mention in reversed(named)}
    forms: dict[str, set[str]] = defaultdict(set)
    for name in of_name:
        for form in likely_forms(name, language):
            forms[form].add(name)
    once = {form: names.pop() for form, names in forms.items() if len(names) == 1 and form not in of_name}
    once |= defined_forms(text, named, language)
    for form, name in sorted(once.items(), key=lambda item: (-len(item[0]), item[0])):
        place = of_name[name].span
        near = place.end + _REACH
        start = text.find(form, max(0, place.start - _REACH), near)
        while start >= 0:
            end = start + len(form)
            if not any(taken[start:end]) and not (form.isascii() and _inside_word(text, start, end)):
                taken[start:end] = b"\1" * len(form)
                found.append(replace(of_name[name], span=Span(start, end), text=form, form="alias", finder="form"))
            start = text.find(form, end, near)
    return found


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())
