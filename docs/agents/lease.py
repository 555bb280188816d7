"""Asks the gateway whether this job is the one that may speak. None: do not join, shut the job down.
Otherwise until when (time.monotonic) the answer holds for a job that is not in the room yet."""

import http.client
import json
import time
import urllib.error
import urllib.request


def ask_for_lease(job, gateway_url, token, patience=10.0):
    sent = metadata_of(job)
    if "fence" not in sent:
        return float("inf")  # The gateway did not send this job.

    body = {"callId": sent["callId"], "fence": sent["fence"], "epoch": sent["epoch"], "job": job.id}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{gateway_url}/agents/lease", json.dumps(body).encode(), headers)

    end = time.monotonic() + patience
    while True:
        asked = time.monotonic()
        status, answer = ask(request)
        if status == 200:
            return asked + json.loads(answer)["validSeconds"]
        if status < 500 and status != 429:
            return None
        if time.monotonic() >= end:
            return None  # Nobody decided: leave, so that two never speak.
        time.sleep(1)


def ask(request):
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""
    except (OSError, http.client.HTTPException):
        return 599, b""  # No answer at all.


def metadata_of(job):
    try:
        sent = json.loads(job.metadata)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}
