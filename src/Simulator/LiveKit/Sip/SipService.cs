using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>
/// LiveKit SIP: brings inbound calls into rooms, answers them when they can hear somebody, and hangs them up with their participant.
/// </summary>
internal sealed class SipService(SimulationTime time, Chance chance, RoomDirectory rooms, NetworkLog log, CancellationToken stopping)
{
    private static readonly TimeSpan JoinDelay = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan TrackDelay = TimeSpan.FromMilliseconds(35);
    private static readonly TimeSpan AnswerDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>As recorded: how long the answer to a REFER takes, and how much later the phone is gone.</summary>
    private static readonly TimeSpan ReferTakes = TimeSpan.FromMilliseconds(311);
    private static readonly TimeSpan ReferredLeaves = TimeSpan.FromSeconds(1);

    private readonly List<SipLeg> legs = [];

    /// <summary>The trunks; the first one that takes a number has it.</summary>
    public IReadOnlyList<SipTrunk> Trunks { get; set; } = [];

    /// <summary>Whether a call's connection breaks off before its phone is in the room.</summary>
    public Func<InboundSipCall, bool> Aborts { get; set; } = _ => false;

    /// <summary>Whoever is at a number to which callers are given.</summary>
    public Func<string, Human> HumanAt { get; set; } = _ => Human.AtTheDesk;

    /// <summary>The SIP status with which the trunk refuses every REFER; <c>null</c> where it does it. No refusal was recorded.</summary>
    public int? RefusesReferWith { get; set; }

    /// <summary>Whether the trunk says that a REFER is done only when the human has answered; otherwise at once, as recorded.</summary>
    public bool ReferWaits { get; set; }

    /// <summary>
    /// Asks the phone's side by REFER to call somebody else. <c>null</c> where no such phone is in the room, 0 where it does, else the SIP
    /// status of the refusal. The phone then leaves like one that hangs up.
    /// </summary>
    public async Task<int?> TransferAsync(string room, string identity, string to, TimeSpan? ringing)
    {
        var leg = rooms.Read(room, known => known?.Find(identity)) is { } phone
            ? legs.Find(known => known.Participant == phone && !known.IsHungUp)
            : null;
        if (leg?.Participant is not { } caller)
        {
            return null;
        }

        var number = to.Split(':', '@', ';')[1];
        log.Tell("livekit", $"asks the trunk to call {number} for {leg.Call.From}");
        await time.Delay(ReferTakes, stopping);
        var human = HumanAt(number);
        var status = RefusesReferWith ?? human.RefusesWith;
        if (status is null && ReferWaits)
        {
            var rings = ringing ?? TimeSpan.FromSeconds(30);
            await time.Delay(human.AnswersAfter is { } after && after < rings ? after : rings, stopping);
            status = human.AnswersAfter < rings ? null : 408;
        }

        if (status is { } refused)
        {
            log.Tell("trunk", $"refuses the transfer: {refused}");
            return refused;
        }

        leg.TransferredTo = ReferWaits ? human with { AnswersAfter = TimeSpan.Zero } : human;
        _ = time.Start(async () =>
        {
            await time.Delay(ReferredLeaves, stopping);
            rooms.Change(() => caller.Attributes[LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Hangup);
            rooms.Leave(caller, LiveKitDisconnectReason.ClientInitiated);
        });
        return 0;
    }

    public SipLeg Place(InboundSipCall call)
    {
        var leg = new SipLeg(time, chance.Id("SCL_"), call, HangUp);
        rooms.Change(() => legs.Add(leg));
        var trunk = Trunks.FirstOrDefault(trunk => trunk.Numbers.Count == 0 || trunk.Numbers.Contains(call.To));
        if (trunk is null or { Rule: SipDispatchRule.None })
        {
            // A number that no trunk takes, and one without a rule, gets no final answer: the phone just goes on ringing.
            log.Tell("livekit", $"knows no trunk for {call.To}");
        }
        else if (!trunk.Admits(call))
        {
            log.Tell("livekit", "refused a call: wrong user or password");
            leg.End(new SipEnd.Refused(401));
        }
        else
        {
            leg.RoomName = trunk.Rule.RoomOf(call, () => chance.Id("random")[6..]);
            _ = time.Start(() => BringInAsync(leg, trunk, leg.RoomName));
        }

        return leg;
    }

    private async Task BringInAsync(SipLeg leg, SipTrunk trunk, string roomName)
    {
        await time.Delay(JoinDelay, stopping);
        rooms.Change(() =>
        {
            var settings = new RoomSettings { Agents = [.. trunk.Rule.Agents.Select(name => new AgentRequest(name, ""))] };
            if (!leg.IsHungUp && Aborts(leg.Call))
            {
                log.Tell("livekit", $"lost the phone {leg.Call.From} before it was in {roomName}");
                rooms.Abort(roomName, settings, room => ParticipantOf(leg, trunk, room));
                leg.End(new SipEnd.Refused(500));
            }
            else if (!leg.IsHungUp)
            {
                leg.Participant = rooms.Enter(roomName, settings, room => ParticipantOf(leg, trunk, room));
                log.Tell("livekit", $"the phone {leg.Call.From} joined {roomName}, ringing");
                leg.Ring();
                OnRoomChanged(leg);
            }
        });
        if (leg.Participant is not { } caller)
        {
            return;
        }

        _ = time.Start(async () =>
        {
            await time.Delay(TrackDelay, stopping);
            rooms.Publish(caller, caller.Identity, "audio/opus");
        });
        await Task.WhenAny(leg.Answered, leg.Ended, time.Delay(trunk.RingingTimeout, stopping));
        if (!leg.Answered.IsCompleted && !leg.Ended.IsCompleted)
        {
            rooms.Leave(caller, LiveKitDisconnectReason.ClientInitiated);
        }
    }

    private Participant ParticipantOf(SipLeg leg, SipTrunk trunk, Room room) =>
        new(room, chance.Id("PA_"), $"sip_{leg.Call.From}", ParticipantKind.Sip, time.Clock.GetUtcNow(), time.CreateCompletion<string>())
        {
            Name = $"Phone {leg.Call.From}",
            Metadata = trunk.Rule.Metadata,
            Attributes = SipAttributes.Of(leg, trunk, chance),
            RoomChanged = () => OnRoomChanged(leg),
            Leaving = reason => leg.End(reason, time.Clock.GetUtcNow()),
        };

    /// <summary>Under the directory's lock: somebody may have begun to speak, or ceased to.</summary>
    private void OnRoomChanged(SipLeg leg)
    {
        if (leg.Participant is not { DisconnectReason: null } caller)
        {
            return;
        }

        leg.Ear.Hear(caller.Hears, time.Clock.GetUtcNow());
        if (caller.HearsATrack && !leg.IsAnswering)
        {
            leg.IsAnswering = true;
            _ = time.Start(() => AnswerAsync(leg, caller));
        }
    }

    private async Task AnswerAsync(SipLeg leg, Participant caller)
    {
        await time.Delay(AnswerDelay, stopping);
        rooms.Change(() =>
        {
            leg.IsAnswering = caller.HearsATrack;
            if (leg.IsAnswering && caller.DisconnectReason is null)
            {
                caller.Attributes[LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Active;
                log.Tell("livekit", $"answered the phone {leg.Call.From}");
                leg.PickUp();
            }
        });
    }

    private void HangUp(SipLeg leg) => rooms.Change(() =>
    {
        leg.IsHungUp = true;
        if (leg.Participant is { DisconnectReason: null } caller)
        {
            if (caller.IsHeld)
            {
                caller.Attributes[LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Hangup;
            }

            rooms.Leave(caller, LiveKitDisconnectReason.ClientInitiated);
        }
        else if (leg.Participant is null)
        {
            leg.End(new SipEnd.HungUp());
        }
    });
}
