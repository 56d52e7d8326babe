"""Mentions → organizations: the forms of one name within an article are joined, references are read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.english_forms import join_forms
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
    groups = list(forms.values()) if document.language != "en" else _english_groups(document, forms)
    for group in groups:
        longest = max(group, key=lambda m: len(m.text)).text
        name = " ".join(longest.split()) if document.language == "en" else "".join(longest.split())
        identity = organization_id(name)
        others = dict.fromkeys(" ".join(m.text.split()) for m in group) if document.language == "en" else ()
        organizations.append(
            Organization(
                id=identity,
                name=name,
                kind=max(group, key=lambda m: len(m.text)).kind,
                aliases=tuple(form for form in others if form != name),
            )
        )
        resolved += [replace(mention, organization=identity) for mention in group]
    resolved.sort(key=lambda m: (m.span.start, -m.span.end))
    if has_references(document.language):
        sentences = split_sentences(document.text, document.language)
        resolved += resolve_references(document.text, document.language, sentences, resolved)
        resolved.sort(key=lambda m: (m.span.start, -m.span.end))
    return tuple(resolved), tuple(organizations)


def _english_groups(document: Document, forms: dict[str, list[Mention]]) -> list[list[Mention]]:
    """The mentions of each organization of an English document, its forms joined; in order of first mention."""
    written = {group[0].text: key for key, group in forms.items()}
    hosts = join_forms(document.text, {text: [m.span.end for m in forms[key]] for text, key in written.items()})
    joined: dict[str, list[Mention]] = {}
    for text, key in written.items():
        joined.setdefault(hosts[text], []).extend(forms[key])
    return [sorted(group, key=lambda m: (m.span.start, -m.span.end)) for group in joined.values()]
