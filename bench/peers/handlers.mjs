// What every peer does with a webhook, written as the documentation of the two official SDKs tells. Servers and stores differ, this does not.
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatchClient, RoomServiceClient, WebhookReceiver } from 'livekit-server-sdk';
import twilio from 'twilio';

const { PUBLIC_URL, TWILIO_AUTH_TOKEN, LIVEKIT_HOST, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, LIVEKIT_SIP_URI } = process.env;
const receiver = new WebhookReceiver(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const dispatches = new AgentDispatchClient(LIVEKIT_HOST, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const rooms = new RoomServiceClient(LIVEKIT_HOST, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const sipHost = LIVEKIT_SIP_URI.replace(/^sip:/, '');

/** A room that is gone needs no deletion: LiveKit must not send its webhook again for that. */
const unlessGone = failure => {
  if (failure.code !== 'not_found') throw failure;
};

/** Twilio's voice webhook: the caller is dialled into a room of this call. */
export function voice(signature, form) {
  if (!twilio.validateRequest(TWILIO_AUTH_TOKEN, signature ?? '', `${PUBLIC_URL}/twilio/voice`, form)) {
    return { status: 403, body: '' };
  }

  const twiml = new twilio.twiml.VoiceResponse();
  twiml.dial({ answerOnBridge: true, timeLimit: 3600 }).sip(`sip:${form.CallSid.toLowerCase()}@${sipHost};transport=tcp`);
  return { status: 200, body: twiml.toString() };
}

/**
 * LiveKit's webhook: an agent for a caller who joined, and the room's end when that caller left. `seen` keeps a redelivery from doing it twice.
 * What failed is forgotten and answered with 500, so that LiveKit sends it again.
 */
export async function liveKit(seen, authorization, body) {
  let event;
  try {
    event = await receiver.receive(body, authorization);
  } catch {
    return { status: 401, body: '' };
  }

  const isCaller = event.participant?.kind === ParticipantInfo_Kind.SIP && event.participant.attributes['sip.ruleID'] !== undefined;
  if (!isCaller || !['participant_joined', 'participant_left'].includes(event.event)) {
    return { status: 200, body: '' };
  }

  if (!(await seen.add(event.id))) {
    return { status: 200, body: '' };
  }

  try {
    if (event.event === 'participant_joined') {
      await dispatches.createDispatch(event.room.name, 'voice-agent', { metadata: JSON.stringify({ callId: event.room.name }) });
    } else {
      await rooms.deleteRoom(event.room.name).catch(unlessGone);
    }
  } catch {
    await seen.forget(event.id);
    return { status: 500, body: '' };
  }

  return { status: 200, body: '' };
}
