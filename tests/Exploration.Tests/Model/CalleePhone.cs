using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The phone that a call of ours is for: rings until it is picked up, or until the ringing has been long enough. In trouble the line is
/// busy, or whoever answers hangs up at once. No webhook tells of the answer.
/// </summary>
internal sealed class CalleePhone(CallWorld world)
{
    private static readonly string[] Troubles = ["busy", "hangs up"];
    private static readonly TimeSpan Refuses = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(5);

    private int rings;

    public LiveKitSipParticipant Dial(LiveKitSipParticipantRequest request)
    {
        world.Witness.CalleeDialled(world.LiveKit.Find(request.RoomName));
        var callee = world.LiveKit.Dial(request.RoomName, request.ParticipantIdentity, GuestKind.Callee);
        var usual = ++rings == 1 ? world.Scenario.Callee : "answers";
        world.After(Refuses, $"{callee.Sid} rings", Troubles, trouble => Ring(trouble.Length > 0 ? trouble : usual));
        return new LiveKitSipParticipant(callee.Sid, callee.Identity, request.RoomName, $"SCL_{callee.Sid}");

        void Ring(string manner)
        {
            if (manner == "busy")
            {
                Leave(LiveKitDisconnectReason.UserRejected);
            }
            else if (manner == "away")
            {
                world.After(
                    request.RingingTimeout!.Value,
                    $"{callee.Sid} gives up",
                    [],
                    _ => Leave(LiveKitDisconnectReason.ClientInitiated));
            }
            else
            {
                world.After(Answers, $"{callee.Sid} picks up {manner}".Trim(), [], _ => PickUp(manner), isMove: true);
            }
        }

        void PickUp(string manner)
        {
            world.LiveKit.PickUp(request.RoomName, callee);
            if (world.Scenario.Stays is { } stays)
            {
                world.After(
                    manner == "hangs up" ? Refuses : stays,
                    $"{callee.Sid} hangs up",
                    [],
                    _ => Leave(LiveKitDisconnectReason.ClientInitiated),
                    isMove: true);
            }
        }

        void Leave(string reason) => world.LiveKit.Leave(request.RoomName, callee, reason);
    }
}
