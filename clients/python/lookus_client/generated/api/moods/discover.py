from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.discover_by_photo_request import DiscoverByPhotoRequest
from ...models.discover_by_reference_request import DiscoverByReferenceRequest
from ...models.discover_reply import DiscoverReply
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: DiscoverByPhotoRequest | DiscoverByReferenceRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/malls/discover",
    }

    if isinstance(body, DiscoverByPhotoRequest):
        if not isinstance(body, Unset):
            _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, DiscoverByReferenceRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DiscoverReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = DiscoverReply.from_dict(response.json())

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
) -> Response[DiscoverReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: DiscoverByPhotoRequest | DiscoverByReferenceRequest | Unset = UNSET,
) -> Response[DiscoverReply | ProblemReply]:
    """Find three shops of a mall by the style of a photo

     The photo's styles, the mall's shops of that mood, and what each has that looks like it.

    Only shops whose owners let them be discovered take part. The photo is dropped after the
    answer.

    Args:
        body (DiscoverByPhotoRequest | Unset): A photo as a form, or its address; `box` is JSON
            text.
        body (DiscoverByReferenceRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DiscoverReply | ProblemReply]
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
    body: DiscoverByPhotoRequest | DiscoverByReferenceRequest | Unset = UNSET,
) -> DiscoverReply | ProblemReply | None:
    """Find three shops of a mall by the style of a photo

     The photo's styles, the mall's shops of that mood, and what each has that looks like it.

    Only shops whose owners let them be discovered take part. The photo is dropped after the
    answer.

    Args:
        body (DiscoverByPhotoRequest | Unset): A photo as a form, or its address; `box` is JSON
            text.
        body (DiscoverByReferenceRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DiscoverReply | ProblemReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: DiscoverByPhotoRequest | DiscoverByReferenceRequest | Unset = UNSET,
) -> Response[DiscoverReply | ProblemReply]:
    """Find three shops of a mall by the style of a photo

     The photo's styles, the mall's shops of that mood, and what each has that looks like it.

    Only shops whose owners let them be discovered take part. The photo is dropped after the
    answer.

    Args:
        body (DiscoverByPhotoRequest | Unset): A photo as a form, or its address; `box` is JSON
            text.
        body (DiscoverByReferenceRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DiscoverReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: DiscoverByPhotoRequest | DiscoverByReferenceRequest | Unset = UNSET,
) -> DiscoverReply | ProblemReply | None:
    """Find three shops of a mall by the style of a photo

     The photo's styles, the mall's shops of that mood, and what each has that looks like it.

    Only shops whose owners let them be discovered take part. The photo is dropped after the
    answer.

    Args:
        body (DiscoverByPhotoRequest | Unset): A photo as a form, or its address; `box` is JSON
            text.
        body (DiscoverByReferenceRequest | Unset): The address of a photo, as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DiscoverReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
