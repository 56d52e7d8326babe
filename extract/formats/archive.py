"""Zip archives: each file in them by its own format."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from extract.errors import ReadError
from extract.formats import FORMATS, LARGEST, Article
from extract.formats import read_articles as read_any

_STEEPEST = 300  # how many times larger a file may unpack; text reaches 20, a bomb 1,000


def read_articles(data: bytes, name: str, depth: int, columns: Mapping[str, str]) -> Iterator[Article | ReadError]:
    """The articles of all files of the archive that a format reads, in order of their names.

    Nothing is written to disk.  A file that cannot be read is an error in its place.

    Raises:
        ReadError: The archive as a whole is damaged, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(f"{name}: the archive is damaged: {error}") from error
    with archive:
        members = [member for member in archive.infolist() if _wanted(member)]
        if sum(member.file_size for member in members) > LARGEST:
            raise ReadError(f"{name}: unpacked it would be over {LARGEST // 1_000_000} MB; unpack it first")
        for member in sorted(members, key=file_name):
            inner = file_name(member)
            where = f"{name}/{inner}"
            try:
                content = read_member(archive, member, where)
                for article in read_any(content, PurePosixPath(inner).suffix, where, depth=depth + 1, columns=columns):
                    if isinstance(article, Article):
                        place = f"{inner}#{article.place}" if article.place else inner
                        yield replace(article, place=place)
                    else:
                        yield article
            except ReadError as error:
                yield error


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    """The bytes of one file of an archive.

    Raises:
        ReadError: It is encrypted, damaged, or unpacks to far more than it should.
    """
    if member.flag_bits & 1:
        raise ReadError(f"{where}: the file is encrypted; unpack it with its password first")
    if member.file_size > max(1_000_000, _STEEPEST * member.compress_size):
        raise ReadError(f"{where}: it unpacks to {member.file_size:,} bytes from {member.compress_size:,}; left packed")
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError(f"{where}: the file is damaged in the archive: {error}") from error


def file_name(member: zipfile.ZipInfo) -> str:
    """The name of a file of an archive; Chinese Windows writes it in GB18030 without saying so."""
    if not member.flag_bits & 0x800:
        try:
            return member.filename.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass
    return member.filename


def _wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not member.is_dir() and not hidden and path.suffix.lower() in FORMATS
