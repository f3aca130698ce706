from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.import_problems_lang import ImportProblemsLang
from ...models.import_problems_reply import ImportProblemsReply
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    import_id: int,
    *,
    cursor: str | Unset = UNSET,
    lang: ImportProblemsLang | Unset = UNSET,
    limit: int | Unset = 50,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/imports/{import_id}/problems".format(
            import_id=quote(str(import_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ImportProblemsReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = ImportProblemsReply.from_dict(response.json())

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
) -> Response[ImportProblemsReply | ProblemReply]:
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
    cursor: str | Unset = UNSET,
    lang: ImportProblemsLang | Unset = UNSET,
    limit: int | Unset = 50,
) -> Response[ImportProblemsReply | ProblemReply]:
    """The rows of an import that were left out, and why

     Photos that could not be tagged are told here too, with the row that named them.

    Args:
        import_id (int):
        cursor (str | Unset):
        lang (ImportProblemsLang | Unset):
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportProblemsReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        import_id=import_id,
        cursor=cursor,
        lang=lang,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    import_id: int,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportProblemsLang | Unset = UNSET,
    limit: int | Unset = 50,
) -> ImportProblemsReply | ProblemReply | None:
    """The rows of an import that were left out, and why

     Photos that could not be tagged are told here too, with the row that named them.

    Args:
        import_id (int):
        cursor (str | Unset):
        lang (ImportProblemsLang | Unset):
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportProblemsReply | ProblemReply
    """

    return sync_detailed(
        import_id=import_id,
        client=client,
        cursor=cursor,
        lang=lang,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    import_id: int,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportProblemsLang | Unset = UNSET,
    limit: int | Unset = 50,
) -> Response[ImportProblemsReply | ProblemReply]:
    """The rows of an import that were left out, and why

     Photos that could not be tagged are told here too, with the row that named them.

    Args:
        import_id (int):
        cursor (str | Unset):
        lang (ImportProblemsLang | Unset):
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImportProblemsReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        import_id=import_id,
        cursor=cursor,
        lang=lang,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    import_id: int,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    lang: ImportProblemsLang | Unset = UNSET,
    limit: int | Unset = 50,
) -> ImportProblemsReply | ProblemReply | None:
    """The rows of an import that were left out, and why

     Photos that could not be tagged are told here too, with the row that named them.

    Args:
        import_id (int):
        cursor (str | Unset):
        lang (ImportProblemsLang | Unset):
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImportProblemsReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            import_id=import_id,
            client=client,
            cursor=cursor,
            lang=lang,
            limit=limit,
        )
    ).parsed
