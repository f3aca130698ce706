import datetime
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem_reply import ProblemReply
from ...models.products_lang import ProductsLang
from ...models.products_reply import ProductsReply
from ...models.products_tagging import ProductsTagging
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    brand: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    in_stock: bool | None | Unset = UNSET,
    lang: ProductsLang | Unset = UNSET,
    limit: int | Unset = 50,
    sku: list[str] | Unset = UNSET,
    tagging: ProductsTagging | Unset = UNSET,
    updated_since: datetime.datetime | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match

    params: dict[str, Any] = {}

    params["brand"] = brand

    params["cursor"] = cursor

    json_in_stock: bool | None | Unset
    if isinstance(in_stock, Unset):
        json_in_stock = UNSET
    else:
        json_in_stock = in_stock
    params["in_stock"] = json_in_stock

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params["limit"] = limit

    json_sku: list[str] | Unset = UNSET
    if not isinstance(sku, Unset):
        json_sku = sku

    params["sku"] = json_sku

    json_tagging: str | Unset = UNSET
    if not isinstance(tagging, Unset):
        json_tagging = tagging

    params["tagging"] = json_tagging

    json_updated_since: str | Unset = UNSET
    if not isinstance(updated_since, Unset):
        json_updated_since = updated_since.isoformat()
    params["updated_since"] = json_updated_since

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/products",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | ProblemReply | ProductsReply | None:
    if response.status_code == 200:
        response_200 = ProductsReply.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

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
) -> Response[Any | ProblemReply | ProductsReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    brand: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    in_stock: bool | None | Unset = UNSET,
    lang: ProductsLang | Unset = UNSET,
    limit: int | Unset = 50,
    sku: list[str] | Unset = UNSET,
    tagging: ProductsTagging | Unset = UNSET,
    updated_since: datetime.datetime | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[Any | ProblemReply | ProductsReply]:
    """List the shop's products

     Page after page, each beginning behind the last product of the one before it.

    Args:
        brand (str | Unset):
        cursor (str | Unset):
        in_stock (bool | None | Unset):
        lang (ProductsLang | Unset):
        limit (int | Unset):  Default: 50.
        sku (list[str] | Unset):
        tagging (ProductsTagging | Unset):
        updated_since (datetime.datetime | Unset):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemReply | ProductsReply]
    """

    kwargs = _get_kwargs(
        brand=brand,
        cursor=cursor,
        in_stock=in_stock,
        lang=lang,
        limit=limit,
        sku=sku,
        tagging=tagging,
        updated_since=updated_since,
        if_none_match=if_none_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    brand: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    in_stock: bool | None | Unset = UNSET,
    lang: ProductsLang | Unset = UNSET,
    limit: int | Unset = 50,
    sku: list[str] | Unset = UNSET,
    tagging: ProductsTagging | Unset = UNSET,
    updated_since: datetime.datetime | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Any | ProblemReply | ProductsReply | None:
    """List the shop's products

     Page after page, each beginning behind the last product of the one before it.

    Args:
        brand (str | Unset):
        cursor (str | Unset):
        in_stock (bool | None | Unset):
        lang (ProductsLang | Unset):
        limit (int | Unset):  Default: 50.
        sku (list[str] | Unset):
        tagging (ProductsTagging | Unset):
        updated_since (datetime.datetime | Unset):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemReply | ProductsReply
    """

    return sync_detailed(
        client=client,
        brand=brand,
        cursor=cursor,
        in_stock=in_stock,
        lang=lang,
        limit=limit,
        sku=sku,
        tagging=tagging,
        updated_since=updated_since,
        if_none_match=if_none_match,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    brand: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    in_stock: bool | None | Unset = UNSET,
    lang: ProductsLang | Unset = UNSET,
    limit: int | Unset = 50,
    sku: list[str] | Unset = UNSET,
    tagging: ProductsTagging | Unset = UNSET,
    updated_since: datetime.datetime | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Response[Any | ProblemReply | ProductsReply]:
    """List the shop's products

     Page after page, each beginning behind the last product of the one before it.

    Args:
        brand (str | Unset):
        cursor (str | Unset):
        in_stock (bool | None | Unset):
        lang (ProductsLang | Unset):
        limit (int | Unset):  Default: 50.
        sku (list[str] | Unset):
        tagging (ProductsTagging | Unset):
        updated_since (datetime.datetime | Unset):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ProblemReply | ProductsReply]
    """

    kwargs = _get_kwargs(
        brand=brand,
        cursor=cursor,
        in_stock=in_stock,
        lang=lang,
        limit=limit,
        sku=sku,
        tagging=tagging,
        updated_since=updated_since,
        if_none_match=if_none_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    brand: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    in_stock: bool | None | Unset = UNSET,
    lang: ProductsLang | Unset = UNSET,
    limit: int | Unset = 50,
    sku: list[str] | Unset = UNSET,
    tagging: ProductsTagging | Unset = UNSET,
    updated_since: datetime.datetime | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
) -> Any | ProblemReply | ProductsReply | None:
    """List the shop's products

     Page after page, each beginning behind the last product of the one before it.

    Args:
        brand (str | Unset):
        cursor (str | Unset):
        in_stock (bool | None | Unset):
        lang (ProductsLang | Unset):
        limit (int | Unset):  Default: 50.
        sku (list[str] | Unset):
        tagging (ProductsTagging | Unset):
        updated_since (datetime.datetime | Unset):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ProblemReply | ProductsReply
    """

    return (
        await asyncio_detailed(
            client=client,
            brand=brand,
            cursor=cursor,
            in_stock=in_stock,
            lang=lang,
            limit=limit,
            sku=sku,
            tagging=tagging,
            updated_since=updated_since,
            if_none_match=if_none_match,
        )
    ).parsed
