"""Makes the bucket that the S3 settings name; one that is there stays."""

import boto3
from botocore.exceptions import ClientError

from lookus import env


def main() -> None:
    store = boto3.client(
        "s3",
        endpoint_url=env.text("S3_ENDPOINT_URL") or None,
        region_name=env.text("S3_REGION") or None,
        aws_access_key_id=env.text("S3_ACCESS_KEY") or None,
        aws_secret_access_key=env.text("S3_SECRET_KEY") or None,
    )
    try:
        store.create_bucket(Bucket=env.text("S3_BUCKET"))
    except ClientError as error:
        if error.response["Error"]["Code"] not in (
            "BucketAlreadyOwnedByYou",
            "BucketAlreadyExists",
        ):
            raise


if __name__ == "__main__":
    main()
