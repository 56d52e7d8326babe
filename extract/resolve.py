"""Mentions → organizations: the forms of one name within an article are joined, references are read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.names import fold_name, organization_id
from extract.records import Document, Mention, Organization
from extract.references import has_references, resolve_references
from extract.sentences import split_sentences


def resolve_organizations(
    document: Document, mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Organization, ...]]:
    """The mentions in order of the text, each with its organization where one reading fits, and the organizations.

    The longest form of a name is the canonical one; of equally long ones the first in the text.
    """
    forms: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        forms[fold_name(mention.text)].append(mention)
    resolved: list[Mention] = []
    organizations: list[Organization] = []
    for group in forms.values():
        name = max(group, key=lambda m: len(m.text)).text.replace("\n", "").replace(" ", "")
        identity = organization_id(name)
        organizations.append(Organization(id=identity, name=name, kind=group[0].kind))
        resolved += [replace(mention, organization=identity) for mention in group]
    resolved.sort(key=lambda m: (m.span.start, -m.span.end))
    if has_references(document.language):
        sentences = split_sentences(document.text, document.language)
        resolved += resolve_references(document.text, document.language, sentences, resolved)
        resolved.sort(key=lambda m: (m.span.start, -m.span.end))
    return tuple(resolved), tuple(organizations)
