from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem_reply import ProblemReply
from ...models.search_by_photo_request import SearchByPhotoRequest
from ...models.search_by_reference_request import SearchByReferenceRequest
from ...models.search_reply import SearchReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: SearchByPhotoRequest | SearchByReferenceRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/search",
    }

    if isinstance(body, SearchByPhotoRequest):
        if not isinstance(body, Unset):
            _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, SearchByReferenceRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ProblemReply | SearchReply | None:
    if response.status_code == 200:
        response_200 = SearchReply.from_dict(response.json())

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

    if response.status_code == 404:
        response_404 = ProblemReply.from_dict(response.json())

        return response_404

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
) -> Response[ProblemReply | SearchReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: SearchByPhotoRequest | SearchByReferenceRequest | Unset = UNSET,
) -> Response[ProblemReply | SearchReply]:
    """Find products by a photo, a drawing, a product, words, or words beside it

     A photo's garments are found, tagged and looked up among the shop's products.

    The photo is dropped after the answer; what was seen in it is kept for half an hour.

    Args:
        body (SearchByPhotoRequest | Unset): A search as a form: as in JSON, or with an `image`; a
            `sketch` is a file.

            `box`, `filters`, `weights` and lists are JSON text.
        body (SearchByReferenceRequest | Unset): A search as JSON: one of `image_url`, `image_id`,
            `sketch` and `product_id`, or `text`, or
            both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | SearchReply]
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
    body: SearchByPhotoRequest | SearchByReferenceRequest | Unset = UNSET,
) -> ProblemReply | SearchReply | None:
    """Find products by a photo, a drawing, a product, words, or words beside it

     A photo's garments are found, tagged and looked up among the shop's products.

    The photo is dropped after the answer; what was seen in it is kept for half an hour.

    Args:
        body (SearchByPhotoRequest | Unset): A search as a form: as in JSON, or with an `image`; a
            `sketch` is a file.

            `box`, `filters`, `weights` and lists are JSON text.
        body (SearchByReferenceRequest | Unset): A search as JSON: one of `image_url`, `image_id`,
            `sketch` and `product_id`, or `text`, or
            both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | SearchReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: SearchByPhotoRequest | SearchByReferenceRequest | Unset = UNSET,
) -> Response[ProblemReply | SearchReply]:
    """Find products by a photo, a drawing, a product, words, or words beside it

     A photo's garments are found, tagged and looked up among the shop's products.

    The photo is dropped after the answer; what was seen in it is kept for half an hour.

    Args:
        body (SearchByPhotoRequest | Unset): A search as a form: as in JSON, or with an `image`; a
            `sketch` is a file.

            `box`, `filters`, `weights` and lists are JSON text.
        body (SearchByReferenceRequest | Unset): A search as JSON: one of `image_url`, `image_id`,
            `sketch` and `product_id`, or `text`, or
            both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | SearchReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: SearchByPhotoRequest | SearchByReferenceRequest | Unset = UNSET,
) -> ProblemReply | SearchReply | None:
    """Find products by a photo, a drawing, a product, words, or words beside it

     A photo's garments are found, tagged and looked up among the shop's products.

    The photo is dropped after the answer; what was seen in it is kept for half an hour.

    Args:
        body (SearchByPhotoRequest | Unset): A search as a form: as in JSON, or with an `image`; a
            `sketch` is a file.

            `box`, `filters`, `weights` and lists are JSON text.
        body (SearchByReferenceRequest | Unset): A search as JSON: one of `image_url`, `image_id`,
            `sketch` and `product_id`, or `text`, or
            both.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | SearchReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
