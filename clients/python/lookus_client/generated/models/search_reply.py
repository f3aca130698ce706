from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.chip_reply import ChipReply
    from ..models.facet_reply import FacetReply
    from ..models.query_reply import QueryReply
    from ..models.result_reply import ResultReply
    from ..models.row_reply import RowReply
    from ..models.words_reply import WordsReply


T = TypeVar("T", bound="SearchReply")


@_attrs_define
class SearchReply:
    request_id: str
    search_id: UUID
    """ Names this search in events, which know none of `limit` 0: it showed nothing. """
    query: QueryReply
    kept_until: datetime.datetime | None
    """ With `consent`: until when this search's photo is kept. """
    understood: list[ChipReply]
    """ What the words name: filters, to be taken off. """
    words: WordsReply
    """ The words that name no filter. """
    total: int
    """ How many results follow. """
    found: int
    """ How many the whole list has. """
    next_cursor: None | str
    """ Null on the last page. """
    results: list[ResultReply]
    rows: list[RowReply]
    """ With `objects`: the results for each garment. """
    facets: list[FacetReply]
    """ As asked for, on the first page. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        search_id = str(self.search_id)

        query = self.query.to_dict()

        kept_until: None | str
        if isinstance(self.kept_until, datetime.datetime):
            kept_until = self.kept_until.isoformat()
        else:
            kept_until = self.kept_until

        understood = []
        for understood_item_data in self.understood:
            understood_item = understood_item_data.to_dict()
            understood.append(understood_item)

        words = self.words.to_dict()

        total = self.total

        found = self.found

        next_cursor: None | str
        next_cursor = self.next_cursor

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        facets = []
        for facets_item_data in self.facets:
            facets_item = facets_item_data.to_dict()
            facets.append(facets_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "search_id": search_id,
                "query": query,
                "kept_until": kept_until,
                "understood": understood,
                "words": words,
                "total": total,
                "found": found,
                "next_cursor": next_cursor,
                "results": results,
                "rows": rows,
                "facets": facets,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chip_reply import ChipReply  # noqa: PLC0415
        from ..models.facet_reply import FacetReply  # noqa: PLC0415
        from ..models.query_reply import QueryReply  # noqa: PLC0415
        from ..models.result_reply import ResultReply  # noqa: PLC0415
        from ..models.row_reply import RowReply  # noqa: PLC0415
        from ..models.words_reply import WordsReply  # noqa: PLC0415

        d = dict(src_dict)
        request_id = d.pop("request_id")

        search_id = UUID(d.pop("search_id"))

        query = QueryReply.from_dict(d.pop("query"))

        def _parse_kept_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kept_until_type_0 = datetime.datetime.fromisoformat(data)

                return kept_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        kept_until = _parse_kept_until(d.pop("kept_until"))

        understood = []
        _understood = d.pop("understood")
        for understood_item_data in _understood:
            understood_item = ChipReply.from_dict(understood_item_data)

            understood.append(understood_item)

        words = WordsReply.from_dict(d.pop("words"))

        total = d.pop("total")

        found = d.pop("found")

        def _parse_next_cursor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_cursor = _parse_next_cursor(d.pop("next_cursor"))

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = ResultReply.from_dict(results_item_data)

            results.append(results_item)

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = RowReply.from_dict(rows_item_data)

            rows.append(rows_item)

        facets = []
        _facets = d.pop("facets")
        for facets_item_data in _facets:
            facets_item = FacetReply.from_dict(facets_item_data)

            facets.append(facets_item)

        search_reply = cls(
            request_id=request_id,
            search_id=search_id,
            query=query,
            kept_until=kept_until,
            understood=understood,
            words=words,
            total=total,
            found=found,
            next_cursor=next_cursor,
            results=results,
            rows=rows,
            facets=facets,
        )

        search_reply.additional_properties = d
        return search_reply

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
