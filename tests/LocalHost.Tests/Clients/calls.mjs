// A client of calls without a phone: gets an access token, begins a call, looks at it.
//     node calls.mjs http://127.0.0.1:7071 TENANT API_KEY
const [address, tenant, apiKey] = process.argv.slice(2);

const tokenResponse = await fetch(`${address}/auth/token`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ tenant_id: tenant, api_key: apiKey }),
});
const { access_token: accessToken } = await tokenResponse.json();

const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
const startResponse = await fetch(`${address}/call/start`, {
  method: 'POST',
  headers,
  body: JSON.stringify({ tenant_id: tenant, language: 'auto' }),
});
const start = await startResponse.json();

const state = await (await fetch(`${address}/call/${start.call_id}`, { headers })).json();
console.log(JSON.stringify({ start, state }));
