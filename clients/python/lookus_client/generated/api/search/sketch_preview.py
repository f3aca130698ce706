from http import HTTPStatus
from io import BytesIO
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.preview_by_file_request import PreviewByFileRequest
from ...models.preview_by_text_request import PreviewByTextRequest
from ...models.problem_reply import ProblemReply
from ...types import UNSET, File, Response


def _get_kwargs(
    *,
    body: PreviewByFileRequest | PreviewByTextRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/sketch/preview",
    }

    if isinstance(body, PreviewByFileRequest):
        _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"
    if isinstance(body, PreviewByTextRequest):
        _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> File | ProblemReply | None:
    if response.status_code == 200:
        response_200 = File(payload=BytesIO(response.content))

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
) -> Response[File | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: PreviewByFileRequest | PreviewByTextRequest | Unset = UNSET,
) -> Response[File | ProblemReply]:
    """Show the garment that a drawing means

     As the networks see it. Nothing is searched, kept or counted.

    Args:
        body (PreviewByFileRequest): A drawing as a form; `colors` is JSON text.
        body (PreviewByTextRequest): A drawing as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File | ProblemReply]
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
    body: PreviewByFileRequest | PreviewByTextRequest | Unset = UNSET,
) -> File | ProblemReply | None:
    """Show the garment that a drawing means

     As the networks see it. Nothing is searched, kept or counted.

    Args:
        body (PreviewByFileRequest): A drawing as a form; `colors` is JSON text.
        body (PreviewByTextRequest): A drawing as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File | ProblemReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: PreviewByFileRequest | PreviewByTextRequest | Unset = UNSET,
) -> Response[File | ProblemReply]:
    """Show the garment that a drawing means

     As the networks see it. Nothing is searched, kept or counted.

    Args:
        body (PreviewByFileRequest): A drawing as a form; `colors` is JSON text.
        body (PreviewByTextRequest): A drawing as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: PreviewByFileRequest | PreviewByTextRequest | Unset = UNSET,
) -> File | ProblemReply | None:
    """Show the garment that a drawing means

     As the networks see it. Nothing is searched, kept or counted.

    Args:
        body (PreviewByFileRequest): A drawing as a form; `colors` is JSON text.
        body (PreviewByTextRequest): A drawing as JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File | ProblemReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
