// Asks the gateway whether this job is the one that may speak. false: do not join, shut the job down.
// Otherwise until when (performance.now) the answer holds for a job that is not in the room yet.
import { AccessToken } from 'livekit-server-sdk';

export async function askForLease(job, gatewayUrl, patience = 10_000) {
  const { callId, fence, epoch } = metadataOf(job);
  if (!fence) return Infinity; // The gateway did not send this job.

  const token = new AccessToken(undefined, undefined, { identity: `agent-${job.id}` }); // LIVEKIT_API_KEY, LIVEKIT_API_SECRET
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room: job.room.name });
  const headers = { authorization: `Bearer ${await token.toJwt()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ callId, fence, epoch, job: job.id });

  for (const end = performance.now() + patience; ; await new Promise(resolve => setTimeout(resolve, 1000))) {
    const asked = performance.now();
    const answer = await fetch(`${gatewayUrl}/agents/lease`, { method: 'POST', headers, body, signal: AbortSignal.timeout(3000) }).catch(() => null);
    if (answer?.status === 200) return asked + (await answer.json()).validSeconds * 1000;
    if (answer && answer.status < 500 && answer.status !== 429) return false;
    if (performance.now() >= end) return false; // Nobody decided: leave, so that two never speak.
  }
}

function metadataOf(job) {
  try {
    return JSON.parse(job.metadata) ?? {};
  } catch {
    return {};
  }
}
