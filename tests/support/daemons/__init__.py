"""The servers of production, run by a test: each on a free port, below a folder of its own.

Every one is a real process that ends with the test's process. `stop` and `start` keep what it
wrote to disk, `wipe` deletes that, `kill` ends it without a word, `paused` lets it hang.
"""

from tests.support.daemons.process import Daemon, free_port, need
from tests.support.daemons.servers import (
    make_bucket,
    nginx,
    pgbouncer,
    pgbouncer_with,
    rabbitmq_server,
    redis_server,
    s3_server,
)

__all__ = [
    "Daemon",
    "free_port",
    "make_bucket",
    "need",
    "nginx",
    "pgbouncer",
    "pgbouncer_with",
    "rabbitmq_server",
    "redis_server",
    "s3_server",
]
