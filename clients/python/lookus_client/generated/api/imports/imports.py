from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.imports_lang import ImportsLang
from ...models.imports_reply import ImportsReply
from ...models.imports_state import ImportsState
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    cursor: str | Unset = UNSET,
    lang: ImportsLang | Unset = UNSET,
    limit: int | Unset = 50,
    state: ImportsState | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params["limit"] = limit

    json_state: str | Unset = UNSET
    if not isinstance(state, Unset):
        json_state = state

    params["state"] = json_state

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/imports",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ImportsReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = ImportsReply.from_dict(response.json())

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
) -> Response[ImportsReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportsLang | Unset = UNSET,
    limit: int | Unset = 50,
    state: ImportsState | Unset = UNSET,
) -> Response[ImportsReply | ProblemReply]:
    """List the shop's imports, the newest first

     With their progress and counts.

    Args:
        cursor (str | Unset):
        lang (ImportsLang | Unset):
        limit (int | Unset):  Default: 50.
        state (ImportsState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportsReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        cursor=cursor,
        lang=lang,
        limit=limit,
        state=state,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportsLang | Unset = UNSET,
    limit: int | Unset = 50,
    state: ImportsState | Unset = UNSET,
) -> ImportsReply | ProblemReply | None:
    """List the shop's imports, the newest first

     With their progress and counts.

    Args:
        cursor (str | Unset):
        lang (ImportsLang | Unset):
        limit (int | Unset):  Default: 50.
        state (ImportsState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportsReply | ProblemReply
    """

    return sync_detailed(
        client=client,
        cursor=cursor,
        lang=lang,
        limit=limit,
        state=state,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportsLang | Unset = UNSET,
    limit: int | Unset = 50,
    state: ImportsState | Unset = UNSET,
) -> Response[ImportsReply | ProblemReply]:
    """List the shop's imports, the newest first

     With their progress and counts.

    Args:
        cursor (str | Unset):
        lang (ImportsLang | Unset):
        limit (int | Unset):  Default: 50.
        state (ImportsState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportsReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        cursor=cursor,
        lang=lang,
        limit=limit,
        state=state,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportsLang | Unset = UNSET,
    limit: int | Unset = 50,
    state: ImportsState | Unset = UNSET,
) -> ImportsReply | ProblemReply | None:
    """List the shop's imports, the newest first

     With their progress and counts.

    Args:
        cursor (str | Unset):
        lang (ImportsLang | Unset):
        limit (int | Unset):  Default: 50.
        state (ImportsState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportsReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            client=client,
            cursor=cursor,
            lang=lang,
            limit=limit,
            state=state,
        )
    ).parsed
