from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.look_lang import LookLang
from ...models.look_reply import LookReply
from ...models.problem_reply import ProblemReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    slug: str,
    *,
    lang: LookLang | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/looks/{slug}".format(
            slug=quote(str(slug), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> LookReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = LookReply.from_dict(response.json())

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
) -> Response[LookReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    slug: str,
    *,
    client: AuthenticatedClient,
    lang: LookLang | Unset = UNSET,
) -> Response[LookReply | ProblemReply]:
    """One look: its story, its pieces, and the garments of its photo

     Each garment can be searched for: `POST /search` with `image_id`, and `object` its
    index; filters, words and weights combine with it as with any photo.

    Args:
        slug (str):
        lang (LookLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LookReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        slug=slug,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    slug: str,
    *,
    client: AuthenticatedClient,
    lang: LookLang | Unset = UNSET,
) -> LookReply | ProblemReply | None:
    """One look: its story, its pieces, and the garments of its photo

     Each garment can be searched for: `POST /search` with `image_id`, and `object` its
    index; filters, words and weights combine with it as with any photo.

    Args:
        slug (str):
        lang (LookLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LookReply | ProblemReply
    """

    return sync_detailed(
        slug=slug,
        client=client,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    slug: str,
    *,
    client: AuthenticatedClient,
    lang: LookLang | Unset = UNSET,
) -> Response[LookReply | ProblemReply]:
    """One look: its story, its pieces, and the garments of its photo

     Each garment can be searched for: `POST /search` with `image_id`, and `object` its
    index; filters, words and weights combine with it as with any photo.

    Args:
        slug (str):
        lang (LookLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LookReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        slug=slug,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    slug: str,
    *,
    client: AuthenticatedClient,
    lang: LookLang | Unset = UNSET,
) -> LookReply | ProblemReply | None:
    """One look: its story, its pieces, and the garments of its photo

     Each garment can be searched for: `POST /search` with `image_id`, and `object` its
    index; filters, words and weights combine with it as with any photo.

    Args:
        slug (str):
        lang (LookLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LookReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            slug=slug,
            client=client,
            lang=lang,
        )
    ).parsed
