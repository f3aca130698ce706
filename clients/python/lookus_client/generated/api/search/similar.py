from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem_reply import ProblemReply
from ...models.search_reply import SearchReply
from ...models.similar_group_by import SimilarGroupBy
from ...models.similar_lang import SimilarLang
from ...models.similar_sort import SimilarSort
from ...types import UNSET, Response, Unset


def _get_kwargs(
    sku: str,
    *,
    cursor: str | Unset = UNSET,
    facets: str | Unset = UNSET,
    filters: str | Unset = UNSET,
    fold: bool | None | Unset = UNSET,
    group_by: SimilarGroupBy | Unset = "variant",
    lang: SimilarLang | Unset = UNSET,
    limit: int | Unset = 6,
    min_score: float | Unset = 0.0,
    sort: SimilarSort | Unset = "relevance",
    weights: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["facets"] = facets

    params["filters"] = filters

    json_fold: bool | None | Unset
    if isinstance(fold, Unset):
        json_fold = UNSET
    else:
        json_fold = fold
    params["fold"] = json_fold

    json_group_by: str | Unset = UNSET
    if not isinstance(group_by, Unset):
        json_group_by = group_by

    params["group_by"] = json_group_by

    json_lang: str | Unset = UNSET
    if not isinstance(lang, Unset):
        json_lang = lang

    params["lang"] = json_lang

    params["limit"] = limit

    params["min_score"] = min_score

    json_sort: str | Unset = UNSET
    if not isinstance(sort, Unset):
        json_sort = sort

    params["sort"] = json_sort

    params["weights"] = weights

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/products/{sku}/similar".format(
            sku=quote(str(sku), safe=""),
        ),
        "params": params,
    }

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
) -> Response[ProblemReply | SearchReply]:
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
    cursor: str | Unset = UNSET,
    facets: str | Unset = UNSET,
    filters: str | Unset = UNSET,
    fold: bool | None | Unset = UNSET,
    group_by: SimilarGroupBy | Unset = "variant",
    lang: SimilarLang | Unset = UNSET,
    limit: int | Unset = 6,
    min_score: float | Unset = 0.0,
    sort: SimilarSort | Unset = "relevance",
    weights: str | Unset = UNSET,
) -> Response[ProblemReply | SearchReply]:
    """Find products similar to one of the shop's

     The same as a search by `product_id`.

    Args:
        sku (str):
        cursor (str | Unset):
        facets (str | Unset):
        filters (str | Unset):
        fold (bool | None | Unset):
        group_by (SimilarGroupBy | Unset):  Default: 'variant'.
        lang (SimilarLang | Unset):
        limit (int | Unset):  Default: 6.
        min_score (float | Unset):  Default: 0.0.
        sort (SimilarSort | Unset):  Default: 'relevance'.
        weights (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | SearchReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        cursor=cursor,
        facets=facets,
        filters=filters,
        fold=fold,
        group_by=group_by,
        lang=lang,
        limit=limit,
        min_score=min_score,
        sort=sort,
        weights=weights,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    sku: str,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    facets: str | Unset = UNSET,
    filters: str | Unset = UNSET,
    fold: bool | None | Unset = UNSET,
    group_by: SimilarGroupBy | Unset = "variant",
    lang: SimilarLang | Unset = UNSET,
    limit: int | Unset = 6,
    min_score: float | Unset = 0.0,
    sort: SimilarSort | Unset = "relevance",
    weights: str | Unset = UNSET,
) -> ProblemReply | SearchReply | None:
    """Find products similar to one of the shop's

     The same as a search by `product_id`.

    Args:
        sku (str):
        cursor (str | Unset):
        facets (str | Unset):
        filters (str | Unset):
        fold (bool | None | Unset):
        group_by (SimilarGroupBy | Unset):  Default: 'variant'.
        lang (SimilarLang | Unset):
        limit (int | Unset):  Default: 6.
        min_score (float | Unset):  Default: 0.0.
        sort (SimilarSort | Unset):  Default: 'relevance'.
        weights (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | SearchReply
    """

    return sync_detailed(
        sku=sku,
        client=client,
        cursor=cursor,
        facets=facets,
        filters=filters,
        fold=fold,
        group_by=group_by,
        lang=lang,
        limit=limit,
        min_score=min_score,
        sort=sort,
        weights=weights,
    ).parsed


async def asyncio_detailed(
    sku: str,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    facets: str | Unset = UNSET,
    filters: str | Unset = UNSET,
    fold: bool | None | Unset = UNSET,
    group_by: SimilarGroupBy | Unset = "variant",
    lang: SimilarLang | Unset = UNSET,
    limit: int | Unset = 6,
    min_score: float | Unset = 0.0,
    sort: SimilarSort | Unset = "relevance",
    weights: str | Unset = UNSET,
) -> Response[ProblemReply | SearchReply]:
    """Find products similar to one of the shop's

     The same as a search by `product_id`.

    Args:
        sku (str):
        cursor (str | Unset):
        facets (str | Unset):
        filters (str | Unset):
        fold (bool | None | Unset):
        group_by (SimilarGroupBy | Unset):  Default: 'variant'.
        lang (SimilarLang | Unset):
        limit (int | Unset):  Default: 6.
        min_score (float | Unset):  Default: 0.0.
        sort (SimilarSort | Unset):  Default: 'relevance'.
        weights (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | SearchReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        cursor=cursor,
        facets=facets,
        filters=filters,
        fold=fold,
        group_by=group_by,
        lang=lang,
        limit=limit,
        min_score=min_score,
        sort=sort,
        weights=weights,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    sku: str,
    *,
    client: AuthenticatedClient,
    cursor: str | Unset = UNSET,
    facets: str | Unset = UNSET,
    filters: str | Unset = UNSET,
    fold: bool | None | Unset = UNSET,
    group_by: SimilarGroupBy | Unset = "variant",
    lang: SimilarLang | Unset = UNSET,
    limit: int | Unset = 6,
    min_score: float | Unset = 0.0,
    sort: SimilarSort | Unset = "relevance",
    weights: str | Unset = UNSET,
) -> ProblemReply | SearchReply | None:
    """Find products similar to one of the shop's

     The same as a search by `product_id`.

    Args:
        sku (str):
        cursor (str | Unset):
        facets (str | Unset):
        filters (str | Unset):
        fold (bool | None | Unset):
        group_by (SimilarGroupBy | Unset):  Default: 'variant'.
        lang (SimilarLang | Unset):
        limit (int | Unset):  Default: 6.
        min_score (float | Unset):  Default: 0.0.
        sort (SimilarSort | Unset):  Default: 'relevance'.
        weights (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | SearchReply
    """

    return (
        await asyncio_detailed(
            sku=sku,
            client=client,
            cursor=cursor,
            facets=facets,
            filters=filters,
            fold=fold,
            group_by=group_by,
            lang=lang,
            limit=limit,
            min_score=min_score,
            sort=sort,
            weights=weights,
        )
    ).parsed
