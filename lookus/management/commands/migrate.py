"""Django's `migrate`, beside a version that serves: one at a time, and no long wait for a lock."""

from functools import partial
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from lookus.migrating.patience import again_while_locked, in_turn, short_locks


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        run = partial(super().handle, *args, **options)
        if options["plan"] or options["check_unapplied"]:
            run()
            return
        connection = connections[options["database"]]
        with in_turn(connection, self.stdout.write), short_locks(connection):
            again_while_locked(run, self.stdout.write)
