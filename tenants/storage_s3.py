"""Files in an S3 store: asked with a limit of time, and its many errors told as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name
from urllib3.exceptions import HTTPError

from tenants.storage import StorageAway

CONNECT_SECONDS = 5
# The second try is for a connection that was cut; what fails twice is for the job to try later.
ATTEMPTS = 2
NOT_FOUND = 404


class S3MediaStorage(S3Storage):
    """`timeout`: seconds without a byte, after which one attempt has failed."""

    def __init__(self, *, timeout: int, **options: Any) -> None:
        options["client_config"] = Config(
            connect_timeout=min(CONNECT_SECONDS, timeout),
            read_timeout=timeout,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        )
        # Photos are small, and threads of its own for each would outnumber those that wait.
        options["transfer_config"] = TransferConfig(
            use_threads=False, num_download_attempts=ATTEMPTS
        )
        super().__init__(**options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _told(name):
            try:
                return _MediaFile(self._normalize_name(clean_name(name)), mode, self)
            except ClientError as error:
                if not _is_missing(error):
                    raise
                # The same answer is given where the whole bucket is gone.
                self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
                raise FileNotFoundError(name) from error

    def _save(self, name: str, content: Any) -> str:
        with _told(name):
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with _told(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _told(name):
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _told(name):
            folders, files = super().listdir(name)
            return folders, files

    def size(self, name: str) -> int:
        with _told(name):
            return int(super().size(name))


class _MediaFile(S3File):
    """Its bytes come when they are first read."""

    def _get_file(self) -> Any:
        with _told(self.name):
            try:
                return super()._get_file()
            except BaseException:
                # Or the next reader would find what had come until then, and an end.
                self._file = None
                raise

    file = property(_get_file, S3File._set_file)

    def write(self, content: Any) -> int:
        with _told(self.name):
            return int(super().write(content))

    def close(self) -> None:
        with _told(self.name):
            super().close()


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (BotoCoreError, Boto3Error, ClientError, HTTPError) as error:
        raise StorageAway(f"{name}: {error}") from error


def _is_missing(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return bool(status == NOT_FOUND)
