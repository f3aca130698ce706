from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.patched_product_patch_request import PatchedProductPatchRequest
from ...models.problem_reply import ProblemReply
from ...models.product_reply import ProductReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    sku: str,
    *,
    body: PatchedProductPatchRequest | PatchedProductPatchRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v1/products/{sku}".format(
            sku=quote(str(sku), safe=""),
        ),
    }

    if isinstance(body, PatchedProductPatchRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/merge-patch+json"
    if isinstance(body, PatchedProductPatchRequest):
        if not isinstance(body, Unset):
            _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ProblemReply | ProductReply | None:
    if response.status_code == 200:
        response_200 = ProductReply.from_dict(response.json())

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

    if response.status_code == 412:
        response_412 = ProblemReply.from_dict(response.json())

        return response_412

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
) -> Response[ProblemReply | ProductReply]:
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
    body: PatchedProductPatchRequest | PatchedProductPatchRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ProblemReply | ProductReply]:
    """Change some of a product's fields

     A JSON merge patch (RFC 7396): what is not named stays, null empties.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | ProductReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PatchedProductPatchRequest | PatchedProductPatchRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ProblemReply | ProductReply | None:
    """Change some of a product's fields

     A JSON merge patch (RFC 7396): what is not named stays, null empties.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | ProductReply
    """

    return sync_detailed(
        sku=sku,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PatchedProductPatchRequest | PatchedProductPatchRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ProblemReply | ProductReply]:
    """Change some of a product's fields

     A JSON merge patch (RFC 7396): what is not named stays, null empties.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | ProductReply]
    """

    kwargs = _get_kwargs(
        sku=sku,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    sku: str,
    *,
    client: AuthenticatedClient,
    body: PatchedProductPatchRequest | PatchedProductPatchRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ProblemReply | ProductReply | None:
    """Change some of a product's fields

     A JSON merge patch (RFC 7396): what is not named stays, null empties.

    Args:
        sku (str):
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.
        body (PatchedProductPatchRequest | Unset): A JSON merge patch (RFC 7396): what is not
            named stays, null empties.

            `attributes`, `translations` and `tags` are merged name by name, `photos` are replaced.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | ProductReply
    """

    return (
        await asyncio_detailed(
            sku=sku,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
