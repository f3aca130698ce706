from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.outfit_by_photo_request import OutfitByPhotoRequest
from ...models.outfit_by_reference_request import OutfitByReferenceRequest
from ...models.photo_outfit_reply import PhotoOutfitReply
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: OutfitByPhotoRequest | OutfitByReferenceRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/outfit",
    }

    if isinstance(body, OutfitByPhotoRequest):
        if not isinstance(body, Unset):
            _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, OutfitByReferenceRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> PhotoOutfitReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = PhotoOutfitReply.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ProblemReply.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ProblemReply.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ProblemReply.from_dict(response.json())

        return response_403

    if response.status_code == 409:
        response_409 = ProblemReply.from_dict(response.json())

        return response_409

    if response.status_code == 410:
        response_410 = ProblemReply.from_dict(response.json())

        return response_410

    if response.status_code == 413:
        response_413 = ProblemReply.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = ProblemReply.from_dict(response.json())

        return response_415

    if response.status_code == 422:
        response_422 = ProblemReply.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = ProblemReply.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ProblemReply.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = ProblemReply.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[PhotoOutfitReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: OutfitByPhotoRequest | OutfitByReferenceRequest | Unset = UNSET,
) -> Response[PhotoOutfitReply | ProblemReply]:
    """Complete the look around something that the shopper owns

     What the shop has that goes with the garment in a photo. The photo is dropped.

    Args:
        body (OutfitByPhotoRequest | Unset): A photo of what the shopper owns, as a form: exactly
            one of `image`, `image_url` and
            `image_id`. `box` and `filters` are JSON text.
        body (OutfitByReferenceRequest | Unset): A photo of what the shopper owns, as JSON:
            exactly one of `image_url` and `image_id`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PhotoOutfitReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: OutfitByPhotoRequest | OutfitByReferenceRequest | Unset = UNSET,
) -> PhotoOutfitReply | ProblemReply | None:
    """Complete the look around something that the shopper owns

     What the shop has that goes with the garment in a photo. The photo is dropped.

    Args:
        body (OutfitByPhotoRequest | Unset): A photo of what the shopper owns, as a form: exactly
            one of `image`, `image_url` and
            `image_id`. `box` and `filters` are JSON text.
        body (OutfitByReferenceRequest | Unset): A photo of what the shopper owns, as JSON:
            exactly one of `image_url` and `image_id`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PhotoOutfitReply | ProblemReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: OutfitByPhotoRequest | OutfitByReferenceRequest | Unset = UNSET,
) -> Response[PhotoOutfitReply | ProblemReply]:
    """Complete the look around something that the shopper owns

     What the shop has that goes with the garment in a photo. The photo is dropped.

    Args:
        body (OutfitByPhotoRequest | Unset): A photo of what the shopper owns, as a form: exactly
            one of `image`, `image_url` and
            `image_id`. `box` and `filters` are JSON text.
        body (OutfitByReferenceRequest | Unset): A photo of what the shopper owns, as JSON:
            exactly one of `image_url` and `image_id`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PhotoOutfitReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: OutfitByPhotoRequest | OutfitByReferenceRequest | Unset = UNSET,
) -> PhotoOutfitReply | ProblemReply | None:
    """Complete the look around something that the shopper owns

     What the shop has that goes with the garment in a photo. The photo is dropped.

    Args:
        body (OutfitByPhotoRequest | Unset): A photo of what the shopper owns, as a form: exactly
            one of `image`, `image_url` and
            `image_id`. `box` and `filters` are JSON text.
        body (OutfitByReferenceRequest | Unset): A photo of what the shopper owns, as JSON:
            exactly one of `image_url` and `image_id`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PhotoOutfitReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
