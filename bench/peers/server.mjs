// One peer: node server.mjs fastify|express memory|redis|tables. It says where it listens once it does.
import { liveKit, voice } from './handlers.mjs';
import { stores } from './stores.mjs';

const [server, store] = process.argv.slice(2);
const seen = await stores[store]();
const liveKitType = 'application/webhook+json';

async function fastify() {
  const { default: Fastify } = await import('fastify');
  const app = Fastify({ logger: false });
  await app.register(import('@fastify/formbody'));
  app.addContentTypeParser(liveKitType, { parseAs: 'string' }, (_, body, done) => done(null, body));
  app.post('/twilio/voice', (request, reply) => {
    const answer = voice(request.headers['x-twilio-signature'], request.body);
    reply.code(answer.status).type('text/xml').send(answer.body);
  });
  app.post('/livekit/webhook', async (request, reply) => {
    const answer = await liveKit(seen, request.headers.authorization, request.body);
    return reply.code(answer.status).send(answer.body);
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app.server.address().port;
}

async function express() {
  const { default: Express } = await import('express');
  const app = Express();
  app.post('/twilio/voice', Express.urlencoded({ extended: false }), (request, response) => {
    const answer = voice(request.headers['x-twilio-signature'], request.body);
    response.status(answer.status).type('text/xml').send(answer.body);
  });
  app.post('/livekit/webhook', Express.text({ type: liveKitType }), async (request, response) => {
    const answer = await liveKit(seen, request.headers.authorization, request.body);
    response.status(answer.status).send(answer.body);
  });
  return new Promise(listening => {
    const listener = app.listen(0, '127.0.0.1', () => listening(listener.address().port));
    listener.keepAliveTimeout = 72_000; // As Fastify has it; Node's own 5 s would close connections under the generator's hands.
  });
}

console.log(`listening on http://127.0.0.1:${await { fastify, express }[server]()}`);
