// The phone at the other end.
import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { Sent } from './gateway.ts';

/** Waits until the phone is answered: in a call that we make, the agent is in the room before it rings. */
export async function answered(room: Room, sent: Sent | undefined): Promise<void> {
  const isAnswered = () => [...room.remoteParticipants.values()].some(({ attributes }) => attributes['sip.callStatus'] === 'active');
  if (sent?.direction !== 'outbound' || isAnswered()) return;
  await new Promise<void>(resolve => {
    const look = () => {
      if (!isAnswered()) return;
      for (const event of [RoomEvent.ParticipantAttributesChanged, RoomEvent.ParticipantConnected] as const) room.off(event, look);
      resolve();
    };
    for (const event of [RoomEvent.ParticipantAttributesChanged, RoomEvent.ParticipantConnected] as const) room.on(event, look);
  });
}
