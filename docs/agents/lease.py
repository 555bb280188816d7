"""Asks the gateway whether this job is the one that may speak. True: go on. False: do not join, shut the job down."""

import json
import time
import urllib.error
import urllib.request


def ask_for_lease(job, gateway_url, token, patience=10.0):
    sent = metadata_of(job)
    if "fence" not in sent:
        return True  # The gateway did not send this job.

    body = {"callId": sent["callId"], "fence": sent["fence"], "epoch": sent["epoch"], "job": job.id}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{gateway_url}/agents/lease", json.dumps(body).encode(), headers)

    until = time.monotonic() + patience
    while True:
        status = status_of(request)
        if status < 500 and status != 429:
            return status == 200
        if time.monotonic() >= until:
            return False  # Nobody decided: leave, so that two never speak.
        time.sleep(1)


def status_of(request):
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 599  # No answer at all.


def metadata_of(job):
    try:
        sent = json.loads(job.metadata)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}
