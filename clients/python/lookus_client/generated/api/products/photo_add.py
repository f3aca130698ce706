from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.catalog_photo_reply import CatalogPhotoReply
from ...models.photo_by_url_request import PhotoByUrlRequest
from ...models.photo_input_request import PhotoInputRequest
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    sku: str,
    *,
    body: PhotoInputRequest | PhotoByUrlRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/products/{sku}/photos".format(
            sku=quote(str(sku), safe=""),
        ),
    }

    if isinstance(body, PhotoInputRequest):
        if not isinstance(body, Unset):
            _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, PhotoByUrlRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CatalogPhotoReply | ProblemReply | None:
    if response.status_code == 201:
        response_201 = CatalogPhotoReply.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = ProblemReply.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ProblemReply.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ProblemReply.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ProblemReply.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = ProblemReply.from_dict(response.json())

        return response_409

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
) -> Response[CatalogPhotoReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PhotoInputRequest | PhotoByUrlRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[CatalogPhotoReply | ProblemReply]:
    """Add a photo to a product

     Behind those it has. It is tagged soon after, and `state` says how far that is.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        body (PhotoInputRequest | Unset): One of `image` (in a form) and `url`.
        body (PhotoByUrlRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CatalogPhotoReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PhotoInputRequest | PhotoByUrlRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> CatalogPhotoReply | ProblemReply | None:
    """Add a photo to a product

     Behind those it has. It is tagged soon after, and `state` says how far that is.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        body (PhotoInputRequest | Unset): One of `image` (in a form) and `url`.
        body (PhotoByUrlRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CatalogPhotoReply | ProblemReply
    """

    return sync_detailed(
        sku=sku,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PhotoInputRequest | PhotoByUrlRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[CatalogPhotoReply | ProblemReply]:
    """Add a photo to a product

     Behind those it has. It is tagged soon after, and `state` says how far that is.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        body (PhotoInputRequest | Unset): One of `image` (in a form) and `url`.
        body (PhotoByUrlRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CatalogPhotoReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PhotoInputRequest | PhotoByUrlRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> CatalogPhotoReply | ProblemReply | None:
    """Add a photo to a product

     Behind those it has. It is tagged soon after, and `state` says how far that is.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        body (PhotoInputRequest | Unset): One of `image` (in a form) and `url`.
        body (PhotoByUrlRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CatalogPhotoReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            sku=sku,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
