"""What came of many writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lookus_client.generated.models import BatchReply, OperationReply
from lookus_client.replies import read


@dataclass
class Written:
    """Counts of all requests together; `refused` says which operations were not done, and why.

    Their `index` is the place among all operations, from 0.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    refused: list[OperationReply] = field(default_factory=list)
    _sent: int = 0

    def add(self, told: Mapping[str, Any]) -> None:
        """One more answer of `/products/batch`."""
        reply = read(BatchReply, told)
        self.created += reply.created
        self.updated += reply.updated
        self.unchanged += reply.unchanged
        self.deleted += reply.deleted
        for one in reply.results:
            if one.outcome is None:
                one.index += self._sent
                self.refused.append(one)
        self._sent += len(reply.results)
