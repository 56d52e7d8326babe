"""Mails (.eml): the body as an article, and what is attached by its own format."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from extract.errors import ReadError
from extract.formats import FORMATS, Article, with_title
from extract.formats import read_articles as read_any
from extract.formats.html import article_of
from extract.formats.text import decode


def read_articles(data: bytes, name: str, depth: int, columns: Mapping[str, str]) -> Iterator[Article | ReadError]:
    """The body, with its subject as title, then the attachments that a format reads.

    Raises:
        ReadError: The bytes are no mail.
    """
    try:
        mail = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        subject, date = mail["subject"], mail["date"]
        parts = list(mail.walk()) if subject or date or mail["from"] else []
    except (ValueError, LookupError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise ReadError(f"{name}: the mail is damaged: {error}") from error
    if not parts:
        raise ReadError(f"{name}: this is no mail: it has no subject, sender or date")
    title = str(subject) if subject else None
    published = _day(str(date)) if date else None
    bodies = [part for part in parts if not part.is_multipart() and not part.get_filename()]
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    rich = [part for part in bodies if part.get_content_type() == "text/html"]
    found = False
    for part in (plain or rich)[:1]:
        text = decode(_content(part), name)
        if part.get_content_type() == "text/html":
            text = article_of(text, name).text
        found = True
        yield Article(text=with_title(title, text), title=title, published=published)
    for part in parts:
        inner = PurePosixPath(part.get_filename() or "").name
        if PurePosixPath(inner).suffix.lower() not in FORMATS:
            continue
        found = True
        try:
            for article in read_any(
                _content(part), PurePosixPath(inner).suffix, f"{name}/{inner}", depth=depth + 1, columns=columns
            ):
                if isinstance(article, Article):
                    yield replace(article, place=f"{inner}#{article.place}" if article.place else inner)
                else:
                    yield article
        except ReadError as error:
            yield error
    if not found:
        raise ReadError(f"{name}: there is no text in the mail")


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset and not part.get_filename():
        try:
            return content.decode(charset).encode()
        except (LookupError, UnicodeDecodeError):
            pass  # what the mail says of its encoding is wrong
    return content


def _day(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
