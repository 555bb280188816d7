"""A client of calls without a phone: gets an access token, begins a call, looks at it.

    calls.py http://127.0.0.1:7071 TENANT API_KEY
"""
import json
import sys
import urllib.request

address, tenant, api_key = sys.argv[1:4]


def post(path, body, headers=None):
    request = urllib.request.Request(
        address + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def get(path, headers):
    with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers)) as response:
        return json.load(response)


token = post("/auth/token", {"tenant_id": tenant, "api_key": api_key})["access_token"]
headers = {"Authorization": f"Bearer {token}"}
call = post("/call/start", {"tenant_id": tenant, "language": "ar"}, headers)
state = get(f"/call/{call['call_id']}", headers)
print(json.dumps({"start": call, "state": state}))
