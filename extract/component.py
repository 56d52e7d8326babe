"""The steps as a component of spaCy: ``nlp.add_pipe("collaborations")``.

    nlp = spacy.blank("zh")
    nlp.add_pipe("collaborations")
    doc = nlp("甲公司与乙研究所签约。")
    doc._.extraction.claims, doc.spans["organizations"]

Behind a trained pipeline the organizations in its ``doc.ents`` join the candidates.
"""

from collections.abc import Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.errors import DataError
from extract.finders.own import read_names
from extract.pipeline import Options, extract_document
from extract.read import document_id, tell_language
from extract.records import Document, Extraction, Offsets, Span

ORGANIZATION_LABELS = ("ORG", "ORGANIZATION")


class Collaborations:
    """Reads a ``Doc``: sets ``doc._.extraction`` and ``doc.spans["organizations"]``, one span a mention.

    The text is read as it stands, so that all offsets are those of ``doc.text``; clean a raw page with
    ``extract.clean_text`` first.
    """

    def __init__(self, *, options: Options, labels: Sequence[str]) -> None:
        self.options = options
        self.labels = frozenset(labels)

    def __call__(self, doc: Doc) -> Doc:
        """The doc itself, with what it says."""
        text = doc.text
        entities = _organizations(doc, self.labels)
        options = Options(
            threshold=self.options.threshold,
            claim_threshold=self.options.claim_threshold,
            names=self.options.names,
            model=lambda _: entities,
        )
        document = Document(
            id=document_id(text), text=text, language=tell_language(text), offsets=Offsets.identity(text)
        )
        extraction = extract_document(document, options) if text.strip() else Extraction(document=document)
        spans = []
        for mention in extraction.mentions:
            span = doc.char_span(mention.span.start, mention.span.end, label=mention.kind, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["organizations"] = spans
        doc._.extraction = extraction
        return doc


@Language.factory(
    "collaborations",
    default_config={"names": None, "threshold": Options().threshold, "labels": list(ORGANIZATION_LABELS)},
    assigns=["doc._.extraction", "doc.spans"],
)
def make_collaborations(
    nlp: Language, name: str, names: str | None, threshold: float, labels: list[str]
) -> Collaborations:
    """The component: ``names`` is the path of a person's own list, ``labels`` those of ``doc.ents`` that count."""
    register = read_names(names) if names else None
    return Collaborations(options=Options(threshold=threshold, names=register), labels=labels)


def load_model(name: str) -> "Model":
    """The spaCy pipeline of that name or path, as a function from a text to its organizations.

    Raises:
        DataError: There is no such pipeline.
    """
    return Model(name)


class Model:
    """What a spaCy pipeline takes for organizations; goes to another process by its name."""

    def __init__(self, name: str) -> None:
        try:
            self._nlp = spacy.load(name)
        except (OSError, ValueError) as error:
            raise DataError(f"{name}: no spaCy pipeline can be loaded from there: {error}") from error
        self._name = name

    def __call__(self, text: str) -> Sequence[Span]:
        """The spans of the organizations in the text."""
        self._nlp.max_length = max(self._nlp.max_length, len(text) + 1)
        return _organizations(self._nlp(text), frozenset(ORGANIZATION_LABELS))

    def __str__(self) -> str:
        return self._name

    def __reduce__(self) -> tuple[type["Model"], tuple[str]]:
        return Model, (self._name,)


def _organizations(doc: Doc, labels: frozenset[str]) -> tuple[Span, ...]:
    return tuple(Span(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ in labels)


if not Doc.has_extension("extraction"):
    Doc.set_extension("extraction", default=None)
