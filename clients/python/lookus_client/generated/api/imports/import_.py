from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.import_reply import ImportReply
from ...models.problem_reply import ProblemReply
from ...types import Response


def _get_kwargs(
    import_id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/imports/{import_id}".format(
            import_id=quote(str(import_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ImportReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = ImportReply.from_dict(response.json())

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

    if response.status_code == 415:
        response_415 = ProblemReply.from_dict(response.json())

        return response_415

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
) -> Response[ImportReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    import_id: int,
    *,
    client: AuthenticatedClient,
) -> Response[ImportReply | ProblemReply]:
    """One import: how far it is and what came of it

     Ask again every few seconds while `state` is pending or working.

    Args:
        import_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        import_id=import_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    import_id: int,
    *,
    client: AuthenticatedClient,
) -> ImportReply | ProblemReply | None:
    """One import: how far it is and what came of it

     Ask again every few seconds while `state` is pending or working.

    Args:
        import_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportReply | ProblemReply
    """

    return sync_detailed(
        import_id=import_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    import_id: int,
    *,
    client: AuthenticatedClient,
) -> Response[ImportReply | ProblemReply]:
    """One import: how far it is and what came of it

     Ask again every few seconds while `state` is pending or working.

    Args:
        import_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        import_id=import_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    import_id: int,
    *,
    client: AuthenticatedClient,
) -> ImportReply | ProblemReply | None:
    """One import: how far it is and what came of it

     Ask again every few seconds while `state` is pending or working.

    Args:
        import_id (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            import_id=import_id,
            client=client,
        )
    ).parsed
