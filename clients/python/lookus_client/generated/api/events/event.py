from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.event_batch_reply import EventBatchReply
from ...models.event_batch_request import EventBatchRequest
from ...models.event_reply import EventReply
from ...models.problem_reply import ProblemReply
from ...models.shopper_event_request import ShopperEventRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: EventBatchRequest | ShopperEventRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/events",
    }

    if isinstance(body, ShopperEventRequest):
        _kwargs["json"] = body.to_dict()
    else:
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EventBatchReply | EventReply | ProblemReply | None:
    if response.status_code == 202:

        def _parse_response_202(data: object) -> EventBatchReply | EventReply:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_event_or_batch_reply_type_0 = EventBatchReply.from_dict(data)

                return componentsschemas_event_or_batch_reply_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_event_or_batch_reply_type_1 = EventReply.from_dict(data)

            return componentsschemas_event_or_batch_reply_type_1

        response_202 = _parse_response_202(response.json())

        return response_202

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
) -> Response[EventBatchReply | EventReply | ProblemReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: EventBatchRequest | ShopperEventRequest | Unset = UNSET,
) -> Response[EventBatchReply | EventReply | ProblemReply]:
    """Tell what shoppers saw, clicked, looked at, put into the cart and bought

     One event, or a batch. The same event again counts once.

    Nothing is kept that says who it was.

    Args:
        body (EventBatchRequest | ShopperEventRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventBatchReply | EventReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: EventBatchRequest | ShopperEventRequest | Unset = UNSET,
) -> EventBatchReply | EventReply | ProblemReply | None:
    """Tell what shoppers saw, clicked, looked at, put into the cart and bought

     One event, or a batch. The same event again counts once.

    Nothing is kept that says who it was.

    Args:
        body (EventBatchRequest | ShopperEventRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventBatchReply | EventReply | ProblemReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: EventBatchRequest | ShopperEventRequest | Unset = UNSET,
) -> Response[EventBatchReply | EventReply | ProblemReply]:
    """Tell what shoppers saw, clicked, looked at, put into the cart and bought

     One event, or a batch. The same event again counts once.

    Nothing is kept that says who it was.

    Args:
        body (EventBatchRequest | ShopperEventRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventBatchReply | EventReply | ProblemReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: EventBatchRequest | ShopperEventRequest | Unset = UNSET,
) -> EventBatchReply | EventReply | ProblemReply | None:
    """Tell what shoppers saw, clicked, looked at, put into the cart and bought

     One event, or a batch. The same event again counts once.

    Nothing is kept that says who it was.

    Args:
        body (EventBatchRequest | ShopperEventRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventBatchReply | EventReply | ProblemReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
