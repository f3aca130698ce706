from typing import Any


class StripeRefuses(Exception):
    """Answered as Stripe answers: a status and an error object."""

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.status, self.message, self.kind = status, message, kind

    def body(self) -> dict[str, Any]:
        return {"error": {"type": self.kind, "message": self.message}}


def missing(what: str, name: str) -> StripeRefuses:
    return StripeRefuses(404, f"No such {what}: '{name}'")


def only(params: dict[str, Any], *names: str) -> None:
    """Stripe refuses parameters that it does not know."""
    for name in params:
        if name not in names and name != "expand":
            raise StripeRefuses(400, f"Received unknown parameter: {name}")
