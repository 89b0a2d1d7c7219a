"""Everything that lies in a folder, as bytes and as the words that are hidden in encodings."""

from tests.acceptance.mails import read, words


def everything(folder):
    """Path to content of every file; of a mail also what its parts say."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
            if path.suffix == ".eml":
                found[f"{path.relative_to(folder)} (decoded)"] = words(read(path)).encode()
    return found


def places_of(words, folder):
    """Where any of these words stands, in any of the encodings that a file may have them in."""
    content = everything(folder)
    return [
        (word, name)
        for word in words
        for name, text in content.items()
        for encoding in ("utf-8", "utf-16-le", "gb18030", "unicode_escape")
        if word.encode(encoding) in text
    ]
