// Answers with LiveKit's own server SDK. One question per line, one answer per line.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { AccessToken, SipClient, TokenVerifier, WebhookReceiver } from 'livekit-server-sdk';

const questions = {
  // The claims of a token, if the SDK accepts it.
  verify: ({ id, secret, token }) => new TokenVerifier(id, secret).verify(token),

  // A token for the API.
  async mint({ id, secret, grants, identity, kind }) {
    const token = new AccessToken(id, secret, { identity, ttl: 300 });
    if (kind) token.kind = kind;
    token.addGrant(grants);
    return token.toJwt();
  },

  // What the SDK would send to dial a phone.
  async dial({ id, secret, trunk, to, room, options }) {
    const sent = {};
    globalThis.fetch = async (url, { headers, body }) => {
      Object.assign(sent, { url: String(url), token: headers.authorization ?? headers.Authorization, body: JSON.parse(body) });
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    };
    await new SipClient('https://livekit.example', id, secret).createSipParticipant(trunk, to, room, options);
    return sent;
  },

  // The token of a webhook with this body.
  async signWebhook({ id, secret, body }) {
    const token = new AccessToken(id, secret, { ttl: 300 });
    token.sha256 = createHash('sha256').update(body).digest('base64');
    return token.toJwt();
  },

  // The event of a webhook, if the SDK accepts it.
  async receiveWebhook({ id, secret, body, token }) {
    const event = await new WebhookReceiver(id, secret).receive(body, token);
    return event.toJson();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: await questions[ask](question) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
