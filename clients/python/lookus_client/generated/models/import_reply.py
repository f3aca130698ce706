from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.import_photos_reply import ImportPhotosReply
    from ..models.import_reply_summary import ImportReplySummary


T = TypeVar("T", bound="ImportReply")


@_attrs_define
class ImportReply:
    id: int
    kind: str
    filename: str
    state: str
    """ `asking`: so much would go that somebody must say yes or no: see confirm.

    * `pending` - Waiting
    * `working` - Running
    * `done` - Finished
    * `failed` - Failed
    * `asking` - Waiting for an answer
    * `undoing` - Being undone
    * `undone` - Undone """
    detail: str
    """ Why the whole file failed. """
    dry: bool
    complete: bool
    total: int | None
    """ About how many rows, if known. """
    rows: int
    """ Read so far. """
    created: int
    updated: int
    unchanged: int
    bad: int
    """ Rows left out: see problems. """
    gone: int
    summary: ImportReplySummary
    """ Which fields changed, and what else is known. """
    undoable: bool
    photos: ImportPhotosReply
    created_at: datetime.datetime
    finished_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind

        filename = self.filename

        state = self.state

        detail = self.detail

        dry = self.dry

        complete = self.complete

        total: int | None
        total = self.total

        rows = self.rows

        created = self.created

        updated = self.updated

        unchanged = self.unchanged

        bad = self.bad

        gone = self.gone

        summary = self.summary.to_dict()

        undoable = self.undoable

        photos = self.photos.to_dict()

        created_at = self.created_at.isoformat()

        finished_at: None | str
        if isinstance(self.finished_at, datetime.datetime):
            finished_at = self.finished_at.isoformat()
        else:
            finished_at = self.finished_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "filename": filename,
                "state": state,
                "detail": detail,
                "dry": dry,
                "complete": complete,
                "total": total,
                "rows": rows,
                "created": created,
                "updated": updated,
                "unchanged": unchanged,
                "bad": bad,
                "gone": gone,
                "summary": summary,
                "undoable": undoable,
                "photos": photos,
                "created_at": created_at,
                "finished_at": finished_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.import_photos_reply import ImportPhotosReply  # noqa: PLC0415
        from ..models.import_reply_summary import ImportReplySummary  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        kind = d.pop("kind")

        filename = d.pop("filename")

        state = d.pop("state")

        detail = d.pop("detail")

        dry = d.pop("dry")

        complete = d.pop("complete")

        def _parse_total(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        total = _parse_total(d.pop("total"))

        rows = d.pop("rows")

        created = d.pop("created")

        updated = d.pop("updated")

        unchanged = d.pop("unchanged")

        bad = d.pop("bad")

        gone = d.pop("gone")

        summary = ImportReplySummary.from_dict(d.pop("summary"))

        undoable = d.pop("undoable")

        photos = ImportPhotosReply.from_dict(d.pop("photos"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        def _parse_finished_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                finished_at_type_0 = datetime.datetime.fromisoformat(data)

                return finished_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        finished_at = _parse_finished_at(d.pop("finished_at"))

        import_reply = cls(
            id=id,
            kind=kind,
            filename=filename,
            state=state,
            detail=detail,
            dry=dry,
            complete=complete,
            total=total,
            rows=rows,
            created=created,
            updated=updated,
            unchanged=unchanged,
            bad=bad,
            gone=gone,
            summary=summary,
            undoable=undoable,
            photos=photos,
            created_at=created_at,
            finished_at=finished_at,
        )

        import_reply.additional_properties = d
        return import_reply

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
