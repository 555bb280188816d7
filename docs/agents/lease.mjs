// The job's side of its lease: askForLease before it joins, keepLease while it lives, sayDone when it has finished.
import { AccessToken } from 'livekit-server-sdk';

// Whether this job is the one that may speak. false: do not join, shut the job down.
// Otherwise until when (performance.now) the answer holds for a job that is not in the room yet.
export async function askForLease(job, gatewayUrl, patience = 10_000) {
  if (!metadataOf(job).fence) return Infinity; // The gateway did not send this job.

  for (const end = performance.now() + patience; ; await pause(1000)) {
    const asked = performance.now();
    const answer = await post(job, gatewayUrl, 'lease');
    if (answer?.status === 200) return asked + (await answer.json()).validSeconds * 1000;
    if (isRefusal(answer)) return false;
    if (performance.now() >= end) return false; // Nobody decided: leave, so that two never speak.
  }
}

// Renews the lease until the function that it returns is called: a worker that dies is then replaced within seconds.
// Calls lost() once if the gateway says that another agent has taken over. No answer changes nothing.
export function keepLease(job, gatewayUrl, lost) {
  if (!metadataOf(job).fence) return () => {};

  let keeps = true;
  (async () => {
    while (keeps) {
      const answer = await post(job, gatewayUrl, 'lease', { renews: true });
      if (keeps && isRefusal(answer)) return lost();
      await pause(answer?.status === 200 ? (await answer.json()).renewSeconds * 1000 : 1000);
    }
  })();
  return () => {
    keeps = false;
  };
}

// Says that the job has finished, so that the call ends and no other agent is sent. Whether the gateway took it down.
export async function sayDone(job, gatewayUrl, patience = 3000) {
  if (!metadataOf(job).fence) return false;

  for (const end = performance.now() + patience; ; await pause(500)) {
    const answer = await post(job, gatewayUrl, 'done');
    if (answer?.status === 200) return true;
    if (isRefusal(answer) || performance.now() >= end) return false;
  }
}

async function post(job, gatewayUrl, route, more = {}) {
  const token = new AccessToken(undefined, undefined, { identity: `agent-${job.id}` }); // LIVEKIT_API_KEY, LIVEKIT_API_SECRET
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room: job.room.name });
  const headers = { authorization: `Bearer ${await token.toJwt()}`, 'content-type': 'application/json' };
  const { callId, fence, epoch } = metadataOf(job);
  const body = JSON.stringify({ callId, fence, epoch, job: job.id, ...more });
  return fetch(`${gatewayUrl}/agents/${route}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(3000) }).catch(() => null);
}

const isRefusal = answer => answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429;

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function metadataOf(job) {
  try {
    return JSON.parse(job.metadata) ?? {};
  } catch {
    return {};
  }
}
