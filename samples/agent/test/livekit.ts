// Plays LiveKit to a real worker: takes its registration, gives it jobs, and sees whether it asks for the room.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Job, JobType, Room, ServerMessage, WorkerMessage } from '@livekit/protocol';
import { AccessToken, TokenVerifier } from 'livekit-server-sdk';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Given {
  id: string;
  metadata: string;
  room: { name: string };
}

/** A LiveKit with jobs to give away: the first one at once, each other one by `next`. `happened` is told in words what its worker does. */
export async function startLiveKit(key: string, secret: string, jobs: Given[], happened: (what: string) => void) {
  const server = createServer((request, response) => {
    asksForRoom(request);
    response.writeHead(503).end();
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (asksForRoom(request)) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, worker => serve(worker, request));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const joined = new Set<string | undefined>();
  let next = () => {};
  return { url, close, next: () => next() };

  function close(): void {
    for (const one of sockets.clients) one.terminate();
    server.closeAllConnections();
    server.close();
  }

  /** There is no room here: it is enough that somebody asks, and as whom. */
  function asksForRoom(request: IncomingMessage): boolean {
    const path = new URL(request.url ?? '/', 'http://livekit');
    if (!path.pathname.startsWith('/rtc')) return false;
    const token = path.searchParams.get('access_token') ?? request.headers.authorization?.replace('Bearer ', '') ?? '';
    new TokenVerifier(key, secret).verify(token).then(claims => {
      if (!joined.has(claims.sub)) happened(`joins ${claims.video?.room} as ${claims.sub}`);
      joined.add(claims.sub);
    });
    return true;
  }

  async function serve(worker: WebSocket, request: IncomingMessage): Promise<void> {
    const claims = await new TokenVerifier(key, secret).verify((request.headers.authorization ?? '').replace('Bearer ', ''));
    const tell = (message: ServerMessage['message']) => worker.send(new ServerMessage({ message }).toBinary());
    let job = new Job();
    const offer = (given: Given) => {
      job = new Job({ id: given.id, type: JobType.JT_ROOM, room: new Room({ name: given.room.name }), metadata: given.metadata });
      tell({ case: 'availability', value: { job } as never });
    };
    next = () => jobs.splice(0, 1).forEach(offer);
    worker.on('message', async (bytes: Buffer) => {
      const { message } = WorkerMessage.fromBinary(bytes);
      if (message.case === 'register') {
        happened(`registers ${message.value.agentName}${claims.video?.agent ? '' : ' without the right to'}`);
        tell({ case: 'register', value: { workerId: 'AW_1' } as never });
        next();
      } else if (message.case === 'availability') {
        const identity = message.value.participantIdentity;
        const token = new AccessToken(key, secret, { identity });
        token.kind = 'agent';
        token.addGrant({ roomJoin: true, agent: true, room: job.room?.name ?? '' });
        happened(message.value.available ? `takes the job as ${identity}` : 'rejects the job');
        tell({ case: 'assignment', value: { job, token: await token.toJwt() } as never });
      }
    });
  }
}
