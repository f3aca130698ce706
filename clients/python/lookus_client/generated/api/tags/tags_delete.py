from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem_reply import ProblemReply
from ...models.taken_back_reply import TakenBackReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    kind: list[str],
    sku: list[str],
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    json_kind = kind

    params["kind"] = json_kind

    json_sku = sku

    params["sku"] = json_sku

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v1/tags",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ProblemReply | TakenBackReply | None:
    if response.status_code == 200:
        response_200 = TakenBackReply.from_dict(response.json())

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
) -> Response[ProblemReply | TakenBackReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    kind: list[str],
    sku: list[str],
    idempotency_key: str | Unset = UNSET,
) -> Response[ProblemReply | TakenBackReply]:
    """Take back what was said of products

     Every kind named, of every product named: the feed or the model counts again.

    Args:
        kind (list[str]):
        sku (list[str]):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | TakenBackReply]
    """

    kwargs = _get_kwargs(
        kind=kind,
        sku=sku,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    kind: list[str],
    sku: list[str],
    idempotency_key: str | Unset = UNSET,
) -> ProblemReply | TakenBackReply | None:
    """Take back what was said of products

     Every kind named, of every product named: the feed or the model counts again.

    Args:
        kind (list[str]):
        sku (list[str]):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | TakenBackReply
    """

    return sync_detailed(
        client=client,
        kind=kind,
        sku=sku,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    kind: list[str],
    sku: list[str],
    idempotency_key: str | Unset = UNSET,
) -> Response[ProblemReply | TakenBackReply]:
    """Take back what was said of products

     Every kind named, of every product named: the feed or the model counts again.

    Args:
        kind (list[str]):
        sku (list[str]):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | TakenBackReply]
    """

    kwargs = _get_kwargs(
        kind=kind,
        sku=sku,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    kind: list[str],
    sku: list[str],
    idempotency_key: str | Unset = UNSET,
) -> ProblemReply | TakenBackReply | None:
    """Take back what was said of products

     Every kind named, of every product named: the feed or the model counts again.

    Args:
        kind (list[str]):
        sku (list[str]):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | TakenBackReply
    """

    return (
        await asyncio_detailed(
            client=client,
            kind=kind,
            sku=sku,
            idempotency_key=idempotency_key,
        )
    ).parsed
