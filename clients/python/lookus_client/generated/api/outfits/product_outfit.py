from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.outfit_reply import OutfitReply
from ...models.problem_reply import ProblemReply
from ...models.product_outfit_lang import ProductOutfitLang
from ...types import UNSET, Response, Unset


def _get_kwargs(
    sku: str,
    *,
    choices: int | Unset = 4,
    filters: str | Unset = UNSET,
    lang: ProductOutfitLang | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["choices"] = choices

    params["filters"] = filters

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/products/{sku}/outfit".format(
            sku=quote(str(sku), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OutfitReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = OutfitReply.from_dict(response.json())

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
) -> Response[OutfitReply | ProblemReply]:
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
    choices: int | Unset = 4,
    filters: str | Unset = UNSET,
    lang: ProductOutfitLang | Unset = UNSET,
) -> Response[OutfitReply | ProblemReply]:
    """Complete the look around one of the shop's products

     What goes with a product: one row a slot, the first results of all rows one look.

    Args:
        sku (str):
        choices (int | Unset):  Default: 4.
        filters (str | Unset):
        lang (ProductOutfitLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OutfitReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        choices=choices,
        filters=filters,
        lang=lang,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    sku: str,
    *,
    client: AuthenticatedClient,
    choices: int | Unset = 4,
    filters: str | Unset = UNSET,
    lang: ProductOutfitLang | Unset = UNSET,
) -> OutfitReply | ProblemReply | None:
    """Complete the look around one of the shop's products

     What goes with a product: one row a slot, the first results of all rows one look.

    Args:
        sku (str):
        choices (int | Unset):  Default: 4.
        filters (str | Unset):
        lang (ProductOutfitLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OutfitReply | ProblemReply
    """

    return sync_detailed(
        sku=sku,
        client=client,
        choices=choices,
        filters=filters,
        lang=lang,
    ).parsed


async def asyncio_detailed(
    sku: str,
    *,
    client: AuthenticatedClient,
    choices: int | Unset = 4,
    filters: str | Unset = UNSET,
    lang: ProductOutfitLang | Unset = UNSET,
) -> Response[OutfitReply | ProblemReply]:
    """Complete the look around one of the shop's products

     What goes with a product: one row a slot, the first results of all rows one look.

    Args:
        sku (str):
        choices (int | Unset):  Default: 4.
        filters (str | Unset):
        lang (ProductOutfitLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OutfitReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        choices=choices,
        filters=filters,
        lang=lang,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    sku: str,
    *,
    client: AuthenticatedClient,
    choices: int | Unset = 4,
    filters: str | Unset = UNSET,
    lang: ProductOutfitLang | Unset = UNSET,
) -> OutfitReply | ProblemReply | None:
    """Complete the look around one of the shop's products

     What goes with a product: one row a slot, the first results of all rows one look.

    Args:
        sku (str):
        choices (int | Unset):  Default: 4.
        filters (str | Unset):
        lang (ProductOutfitLang | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OutfitReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            sku=sku,
            client=client,
            choices=choices,
            filters=filters,
            lang=lang,
        )
    ).parsed
