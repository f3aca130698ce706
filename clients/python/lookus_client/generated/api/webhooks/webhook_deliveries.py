from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.deliveries_reply import DeliveriesReply
from ...models.problem_reply import ProblemReply
from ...models.webhook_deliveries_lang import WebhookDeliveriesLang
from ...models.webhook_deliveries_state import (
    WebhookDeliveriesState,
)
from ...types import UNSET, Response, Unset


def _get_kwargs(
    webhook_id: int,
    *,
    cursor: int | Unset = UNSET,
    lang: WebhookDeliveriesLang | Unset = UNSET,
    limit: int | Unset = 25,
    state: WebhookDeliveriesState | Unset = UNSET,
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
        "url": "/api/v1/webhooks/{webhook_id}/deliveries".format(
            webhook_id=quote(str(webhook_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DeliveriesReply | ProblemReply | None:
    if response.status_code == 200:
        response_200 = DeliveriesReply.from_dict(response.json())

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
) -> Response[DeliveriesReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    cursor: int | Unset = UNSET,
    lang: WebhookDeliveriesLang | Unset = UNSET,
    limit: int | Unset = 25,
    state: WebhookDeliveriesState | Unset = UNSET,
) -> Response[DeliveriesReply | ProblemReply]:
    """What was sent to a webhook

     The newest first; kept for 30 days.

    Args:
        webhook_id (int):
        cursor (int | Unset):
        lang (WebhookDeliveriesLang | Unset):
        limit (int | Unset):  Default: 25.
        state (WebhookDeliveriesState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeliveriesReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
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
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    cursor: int | Unset = UNSET,
    lang: WebhookDeliveriesLang | Unset = UNSET,
    limit: int | Unset = 25,
    state: WebhookDeliveriesState | Unset = UNSET,
) -> DeliveriesReply | ProblemReply | None:
    """What was sent to a webhook

     The newest first; kept for 30 days.

    Args:
        webhook_id (int):
        cursor (int | Unset):
        lang (WebhookDeliveriesLang | Unset):
        limit (int | Unset):  Default: 25.
        state (WebhookDeliveriesState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeliveriesReply | ProblemReply
    """

    return sync_detailed(
        webhook_id=webhook_id,
        client=client,
        cursor=cursor,
        lang=lang,
        limit=limit,
        state=state,
    ).parsed


async def asyncio_detailed(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    cursor: int | Unset = UNSET,
    lang: WebhookDeliveriesLang | Unset = UNSET,
    limit: int | Unset = 25,
    state: WebhookDeliveriesState | Unset = UNSET,
) -> Response[DeliveriesReply | ProblemReply]:
    """What was sent to a webhook

     The newest first; kept for 30 days.

    Args:
        webhook_id (int):
        cursor (int | Unset):
        lang (WebhookDeliveriesLang | Unset):
        limit (int | Unset):  Default: 25.
        state (WebhookDeliveriesState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeliveriesReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
        cursor=cursor,
        lang=lang,
        limit=limit,
        state=state,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook_id: int,
    *,
    client: AuthenticatedClient,
    cursor: int | Unset = UNSET,
    lang: WebhookDeliveriesLang | Unset = UNSET,
    limit: int | Unset = 25,
    state: WebhookDeliveriesState | Unset = UNSET,
) -> DeliveriesReply | ProblemReply | None:
    """What was sent to a webhook

     The newest first; kept for 30 days.

    Args:
        webhook_id (int):
        cursor (int | Unset):
        lang (WebhookDeliveriesLang | Unset):
        limit (int | Unset):  Default: 25.
        state (WebhookDeliveriesState | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeliveriesReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            webhook_id=webhook_id,
            client=client,
            cursor=cursor,
            lang=lang,
            limit=limit,
            state=state,
        )
    ).parsed
