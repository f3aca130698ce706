"""Shoppers that send photos: a program of its own, so that it slows nobody who is measured.

`python -m recommender.bench_search.flooding PORT CLIENTS`, which imports no Django.
"""

import http.client
import itertools
import json
import os
import sys
import threading
import time
from collections import Counter

SEARCH = "/api/v1/search"
TIMEOUT_SECONDS = 30
PAUSE_SECONDS = 0.05
"""Between a shopper's answer and the next photo, and between a flooder's refusal and its next."""
EDGE = b"lookus-edge"


def photo_sent(link: http.client.HTTPConnection, token: str, photo: bytes) -> int:
    head = b'--%b\r\nContent-Disposition: form-data; name="image"; filename="p.jpg"\r\n\r\n' % EDGE
    # What follows a JPEG's end is not read, and makes it another photo.
    body = head + photo + os.urandom(8) + b"\r\n--%b--\r\n" % EDGE
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={EDGE.decode()}",
    }
    link.request("POST", SEARCH, body, headers)
    answer = link.getresponse()
    answer.read()
    return answer.status


def main(port: int, clients: int) -> None:
    """Flood until the end of the input; the statuses then, as JSON."""
    given = json.loads(sys.stdin.readline())
    photos = itertools.cycle([bytes.fromhex(one) for one in given["photos"]])
    statuses: Counter[str] = Counter()
    ended = threading.Event()

    def client() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        while not ended.is_set():
            try:
                status = photo_sent(link, given["token"], next(photos))
            except (OSError, http.client.HTTPException) as error:
                link.close()
                statuses[type(error).__name__] += 1
                continue
            statuses[str(status)] += 1
            if status != 200:
                time.sleep(PAUSE_SECONDS)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for one in threads:
        one.start()
    sys.stdin.read()
    ended.set()
    for one in threads:
        one.join()
    sys.stdout.write(json.dumps(statuses))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
