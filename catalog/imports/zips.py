"""Photos by name, in a ZIP or a folder, to products.

The file's name is the SKU, `SKU_2.jpg` and `SKU-2.jpg` are further photos of it, the folder is
the brand. A products.csv beside them gives titles and prices.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from catalog.imports.archive import Archive
from catalog.imports.errors import Problem
from catalog.imports.items import Item, SeenSkus, as_item, drafts
from catalog.imports.photo_names import Photos
from catalog.imports.rows import MAX_PHOTOS, Draft

_FURTHER = re.compile(r"^(?P<sku>.+?)[_-](?P<number>[1-9]\d?)$")


@dataclass(frozen=True)
class Group:
    """The photos of one product by their names."""

    sku: str
    title: str
    brand: str
    names: tuple[str, ...]


class NamedPhotos:
    """Items in a fixed order: files that cannot be used, rows of products.csv, other photos."""

    broken = False

    def __init__(
        self, archive: Photos, *, currency: str, mapping: Mapping[str, str] | None = None
    ) -> None:
        self.archive, self._currency, self._mapping = archive, currency, mapping or {}

    def items(self) -> Iterator[Item]:
        for place, problem in self.archive.problems:
            yield Item(place, None, [problem])
        seen = SeenSkus()
        used: set[str] = set()
        for item in self._rows(seen):
            used.update(item.names)
            yield item
        left = [name for name in self.archive.photos if name not in used]
        for group in groups(left):
            row = self.archive.photos[group.names[0]]
            draft = Draft(row, group.sku, {"title": group.title, "brand": group.brand})
            seen.check(draft)
            yield as_item(draft, names=group.names)

    def photo(self, name: str) -> bytes:
        """Raises EntryRefused, FileRefused."""
        return self.archive.read(name)

    def _rows(self, seen: SeenSkus) -> Iterator[Item]:
        data = self.archive.read_csv()
        if data is None:
            return
        named = groups(self.archive.photos)
        by_sku = {group.sku: group for group in named}
        brands = {name: group.brand for group in named for name in group.names}
        table = io.BytesIO(data)
        for draft in drafts(table, currency=self._currency, mapping=self._mapping, in_zip=True):
            names, problems = self._named(draft)
            if not names and draft.sku in by_sku:
                names = by_sku[draft.sku].names
            complete(draft, names, brand=brands.get(names[0], "") if names else "")
            draft.problems += problems
            seen.check(draft)
            yield as_item(draft, names=names)

    def _named(self, draft: Draft) -> tuple[tuple[str, ...], list[Problem]]:
        names, problems = [], []
        for asked in draft.photos or ():
            found = self.archive.find(asked)
            if found is None:
                message = f"There is no photo “{asked[:100]}” beside the table."
                problems.append(Problem("image_url", "photo_missing", message, asked))
            else:
                names.append(found)
        return tuple(names), problems


def zip_source(
    file: IO[bytes], *, currency: str, mapping: Mapping[str, str] | None = None
) -> NamedPhotos:
    """Raises FileRefused."""
    return NamedPhotos(Archive(file), currency=currency, mapping=mapping)


def complete(draft: Draft, names: tuple[str, ...], *, brand: str) -> None:
    """What a row of products.csv leaves open, its photo's name says."""
    draft.photos = None
    if names:
        path = PurePosixPath(names[0])
        draft.sku = draft.sku or path.stem
        draft.fields["title"] = draft.fields.get("title") or title_of(path.stem)
        draft.fields["brand"] = draft.fields.get("brand") or brand
    elif not draft.sku:
        draft.reject("sku", "required", "The row names neither a SKU nor a photo.")
    if not draft.fields.get("title"):
        draft.fields["title"] = draft.sku


def groups(names: Iterable[str]) -> list[Group]:
    """Photos that belong to one product, by name, in the order of their first photo."""
    paths = {name: PurePosixPath(name) for name in names}
    stems = {(path.parent, path.stem) for path in paths.values()}
    found: dict[tuple[PurePosixPath, str], list[tuple[int, str]]] = {}
    for name, path in paths.items():
        sku, number = _sku_of(path, stems)
        found.setdefault((path.parent, sku), []).append((number, name))
    # A name that several folders use is told apart by the folder.
    times = Counter(sku for _, sku in found)
    wrapper = _wrapper(paths.values())
    return [
        Group(
            sku=(sku if times[sku] == 1 else f"{folder.name}-{sku}")[:100],
            title=title_of(sku),
            brand="" if folder in wrapper else folder.name[:120],
            names=tuple(name for _, name in sorted(numbered)[:MAX_PHOTOS]),
        )
        for (folder, sku), numbered in found.items()
    ]


def title_of(stem: str) -> str:
    """blue_linen-shirt → Blue linen shirt"""
    words = re.sub(r"[_\-\s]+", " ", stem).strip()
    return (words[:1].upper() + words[1:])[:300] or stem


def _sku_of(path: PurePosixPath, stems: set[tuple[PurePosixPath, str]]) -> tuple[str, int]:
    """SKU and place among its photos; `A-2` is a photo of A only where an A, or `A_1`, is there."""
    further = _FURTHER.match(path.stem)
    if further is None:
        return path.stem, 0
    sku, number = further["sku"], int(further["number"])
    whole = (path.parent, sku) in stems
    counted = "_" in path.stem[len(sku) :] and (path.parent, f"{sku}_1") in stems
    return (sku, number) if whole or counted else (path.stem, 0)


def _wrapper(paths: Iterable[PurePosixPath]) -> set[PurePosixPath]:
    """Folders that say nothing: the root, and the one folder that everything was packed in."""
    tops = {path.parent.parts[:1] for path in paths}
    return {PurePosixPath("."), *(PurePosixPath(*top) for top in tops if len(tops) == 1)}
