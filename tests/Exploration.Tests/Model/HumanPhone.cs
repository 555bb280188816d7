using VoiceFunctions.Core.Calls.Handoffs;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Exploration.Model;

/// <summary>
/// The phone of the route's human: rings until they pick up, or until the ringing has been long enough. In trouble the line is
/// busy, or they hang up at once.
/// </summary>
internal sealed class HumanPhone(CallWorld world)
{
    private static readonly string[] Troubles = ["busy", "hangs up"];
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Referred = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Talks = TimeSpan.FromSeconds(15);

    public LiveKitSipParticipant Dial(LiveKitSipParticipantRequest request)
    {
        world.Witness.Dialled(world.LiveKit.Find(request.RoomName));
        var human = world.LiveKit.Dial(request.RoomName, request.ParticipantIdentity, GuestKind.Human);
        world.After(Busy, $"{human.Sid} rings", Troubles, trouble => Ring(request, human, trouble));
        return new LiveKitSipParticipant(human.Sid, human.Identity, request.RoomName, "SCL_2");
    }

    /// <summary>The trunk gives the caller to a human, or refuses to. What it was asked twice would ring twice.</summary>
    public LiveKitOutcome<LiveKitTransfer> Transfer(LiveKitTransferRequest request)
    {
        world.Witness.TransferAsked();
        if (world.LiveKit.Find(request.RoomName)?.Callers.FirstOrDefault() is not { } caller)
        {
            return new LiveKitOutcome<LiveKitTransfer>.NotFound(new LiveKitError("not_found", "", LiveKitAttributes.None, 404));
        }

        if (world.Scenario.Human == "away")
        {
            var meta = new Dictionary<string, string> { [CallerTransfer.SipStatus] = "405" };
            return new LiveKitOutcome<LiveKitTransfer>.Unknown(new LiveKitError("internal", "", meta, 500));
        }

        world.Witness.TransferAccepted();
        world.After(Referred, "the caller is given away", [], _ =>
            world.LiveKit.Leave(request.RoomName, caller, LiveKitDisconnectReason.ClientInitiated));
        return new LiveKitOutcome<LiveKitTransfer>.Ok(new LiveKitTransfer(""));
    }

    private void Ring(LiveKitSipParticipantRequest request, ModelGuest human, string trouble)
    {
        if (trouble == "busy")
        {
            Leave(LiveKitDisconnectReason.UserRejected);
        }
        else if (world.Scenario.Human == "away")
        {
            world.After(request.RingingTimeout!.Value, $"{human.Sid} gives up", [], _ => Leave(LiveKitDisconnectReason.UserUnavailable));
        }
        else
        {
            world.After(Answers, $"{human.Sid} picks up {trouble}".Trim(), [], _ => PickUp(trouble), isMove: true);
        }

        void PickUp(string next)
        {
            world.LiveKit.PickUp(request.RoomName, human);
            world.After(
                next.Length > 0 ? Busy : Talks,
                $"{human.Sid} hangs up",
                [],
                _ => Leave(LiveKitDisconnectReason.ClientInitiated),
                isMove: true);
        }

        void Leave(string reason) => world.LiveKit.Leave(request.RoomName, human, reason);
    }
}
