"""The job's side of its lease: ask_for_lease before it joins, keep_lease while it lives, say_done when it has finished."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request


def ask_for_lease(job, gateway_url, token, patience=10.0):
    """Whether this job is the one that may speak. None: do not join, shut the job down.
    Otherwise until when (time.monotonic) the answer holds for a job that is not in the room yet."""
    if "fence" not in metadata_of(job):
        return float("inf")  # The gateway did not send this job.

    end = time.monotonic() + patience
    while True:
        asked = time.monotonic()
        status, answer = post(job, gateway_url, token, "lease")
        if status == 200:
            return asked + json.loads(answer)["validSeconds"]
        if is_refusal(status):
            return None
        if time.monotonic() >= end:
            return None  # Nobody decided: leave, so that two never speak.
        time.sleep(1)


def keep_lease(job, gateway_url, token, lost):
    """Renews the lease until the event that it returns is set: a worker that dies is then replaced within seconds.
    Calls lost() once, in a thread of its own, if the gateway says that another agent has taken over. No answer changes nothing."""
    over = threading.Event()

    def renew():
        while not over.is_set():
            status, answer = post(job, gateway_url, token, "lease", renews=True)
            if is_refusal(status) and not over.is_set():
                return lost()
            over.wait(json.loads(answer)["renewSeconds"] if status == 200 else 1)

    if "fence" in metadata_of(job):
        threading.Thread(target=renew, daemon=True).start()
    return over


def say_done(job, gateway_url, token, patience=3.0):
    """Says that the job has finished, so that the call ends and no other agent is sent. Whether the gateway took it down."""
    end = time.monotonic() + patience
    while "fence" in metadata_of(job):
        status, _ = post(job, gateway_url, token, "done")
        if status == 200:
            return True
        if is_refusal(status) or time.monotonic() >= end:
            return False
        time.sleep(0.5)
    return False


def post(job, gateway_url, token, route, **more):
    sent = metadata_of(job)
    body = {"callId": sent["callId"], "fence": sent["fence"], "epoch": sent["epoch"], "job": job.id, **more}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{gateway_url}/agents/{route}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""
    except (OSError, http.client.HTTPException):
        return 599, b""  # No answer at all.


def is_refusal(status):
    return 400 <= status < 500 and status != 429


def metadata_of(job):
    try:
        sent = json.loads(job.metadata)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}
