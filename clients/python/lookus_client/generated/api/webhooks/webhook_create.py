from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem_reply import ProblemReply
from ...models.webhook_input_request import WebhookInputRequest
from ...models.webhook_made_reply import WebhookMadeReply
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: WebhookInputRequest | WebhookInputRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/webhooks",
    }

    if isinstance(body, WebhookInputRequest):
        _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"
    if isinstance(body, WebhookInputRequest):
        _kwargs["files"] = body.to_multipart()

        headers["Content-Type"] = "multipart/form-data; boundary=+++"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ProblemReply | WebhookMadeReply | None:
    if response.status_code == 201:
        response_201 = WebhookMadeReply.from_dict(response.json())

        return response_201

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
) -> Response[ProblemReply | WebhookMadeReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: WebhookInputRequest | WebhookInputRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ProblemReply | WebhookMadeReply]:
    """Add a webhook

     Verify what arrives with the secret: see the guide, “Webhooks”.

    Args:
        idempotency_key (str | Unset):
        body (WebhookInputRequest):
        body (WebhookInputRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | WebhookMadeReply]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: WebhookInputRequest | WebhookInputRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ProblemReply | WebhookMadeReply | None:
    """Add a webhook

     Verify what arrives with the secret: see the guide, “Webhooks”.

    Args:
        idempotency_key (str | Unset):
        body (WebhookInputRequest):
        body (WebhookInputRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | WebhookMadeReply
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: WebhookInputRequest | WebhookInputRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ProblemReply | WebhookMadeReply]:
    """Add a webhook

     Verify what arrives with the secret: see the guide, “Webhooks”.

    Args:
        idempotency_key (str | Unset):
        body (WebhookInputRequest):
        body (WebhookInputRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemReply | WebhookMadeReply]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: WebhookInputRequest | WebhookInputRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ProblemReply | WebhookMadeReply | None:
    """Add a webhook

     Verify what arrives with the secret: see the guide, “Webhooks”.

    Args:
        idempotency_key (str | Unset):
        body (WebhookInputRequest):
        body (WebhookInputRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemReply | WebhookMadeReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
