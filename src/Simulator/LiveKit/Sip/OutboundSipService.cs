using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>
/// LiveKit SIP dialling out: the participant is in the room and publishes audio at once, long before anybody picks up, if ever.
/// </summary>
internal sealed class OutboundSipService(
    SimulationTime time, Chance chance, RoomDirectory rooms, NetworkLog log, string trunkId, CancellationToken stopping)
{
    private static readonly TimeSpan JoinDelay = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan TrackDelay = TimeSpan.FromMilliseconds(35);
    private static readonly TimeSpan RingDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>Statuses of a network that knows no such phone, or does not reach it: it does not ring.</summary>
    private static readonly int[] WithoutRinging = [404, 480, 487, 500, 503];

    private readonly List<CalleePhone> callees = [];
    private readonly Dictionary<string, int> called = [];

    public string TrunkId => trunkId;

    /// <summary>Whoever is at the phones that are dialled.</summary>
    public Human Human { get; set; } = Human.AtTheDesk;

    /// <summary>Who is at which phone; <see cref="Human"/> is at every other.</summary>
    public IReadOnlyDictionary<string, Human> Humans { get; set; } = new Dictionary<string, Human>();

    /// <summary>
    /// Who is at the phone that a call is for, each time that it rings; the last one for all further times.
    /// </summary>
    public IReadOnlyList<Human> Callee { get; set; } = [Human.AtTheDesk];

    /// <summary>Every phone that a call was for, each time that it rang, in order.</summary>
    public IReadOnlyList<CalleePhone> Callees => rooms.Read(_ => callees.ToArray());

    public string NewCallId() => chance.Id("SCL_");

    /// <summary>Dials; ends when the participant is in the room.</summary>
    /// <param name="call">The phone.</param>
    /// <param name="human">Who is at it; <see cref="Human"/> where that is left out.</param>
    public async Task<Participant> DialAsync(OutboundSipCall call, Human? human = null)
    {
        await time.Delay(JoinDelay, stopping);
        var hungUp = time.CreateCompletion<bool>();
        var callee = CalleeIdentity.IsOne(call.Identity) ? new CalleePhone(call.RoomName, time.Clock.GetUtcNow()) : null;
        Participant? there = null;
        var phone = rooms.Enter(call.RoomName, RoomSettings.Default, room => new Participant(
            room, chance.Id("PA_"), call.Identity, ParticipantKind.Sip, time.Clock.GetUtcNow(), time.CreateCompletion<string>())
        {
            Name = call.Name,
            Metadata = call.Metadata,
            Attributes = call.Attributes(trunkId),
            IsDialledOut = true,
            IsDialledByApi = call.IsByApi,
            Voice = call.FirstVoice,
            RoomChanged = () => Hear(callee, there),
            Leaving = _ =>
            {
                hungUp.TrySetResult(true);
                End(callee);
            },
        });
        rooms.Change(() => there = phone);
        log.Tell("livekit", $"dials {call.To} into {call.RoomName}");
        _ = time.Start(async () =>
        {
            await time.Delay(TrackDelay, stopping);
            rooms.Publish(phone, phone.Identity, "audio/opus");
        });
        var person = human ?? (callee is null ? Humans.GetValueOrDefault(call.To, Human) : Next(call, callee));
        _ = time.Start(() => LiveAsync(call, phone, person, callee, hungUp.Task));
        return phone;
    }

    /// <summary>Who is at the phone this time.</summary>
    private Human Next(OutboundSipCall call, CalleePhone callee)
    {
        rooms.Change(() => callees.Add(callee));
        var times = called[call.RoomName] = called.GetValueOrDefault(call.RoomName) + 1;
        return Callee[Math.Min(times, Callee.Count) - 1];
    }

    private void Hear(CalleePhone? callee, Participant? there)
    {
        if (callee is { AnsweredAt: not null, EndedAt: null } && there is not null)
        {
            callee.Ear.Hear(there.Hears, time.Clock.GetUtcNow());
        }
    }

    private void End(CalleePhone? callee)
    {
        callee?.EndedAt ??= time.Clock.GetUtcNow();
        callee?.Ear.Hear(Voice.Silence, time.Clock.GetUtcNow());
    }

    private async Task LiveAsync(OutboundSipCall call, Participant phone, Human human, CalleePhone? callee, Task gone)
    {
        await time.Delay(RingDelay, stopping);
        if (human.RefusesWith is not { } refusal || !WithoutRinging.Contains(refusal))
        {
            SetStatus(phone, LiveKitSipCallStatus.Ringing);
        }

        var answers = human.AnswersAfter is { } after && after < call.Rings;
        await Task.WhenAny(
            gone,
            time.Delay(answers ? human.AnswersAfter!.Value : human.RefusesWith is null ? call.Rings : Human.RefusalTakes, stopping));
        if (gone.IsCompleted || stopping.IsCancellationRequested)
        {
            return;
        }

        if (!answers)
        {
            // As recorded: a phone that nobody answers leaves like one that hangs up.
            var reason = human.RefusesWith switch
            {
                null or 404 or 487 or 500 or 503 => LiveKitDisconnectReason.ClientInitiated,
                480 => LiveKitDisconnectReason.UserUnavailable,
                _ => LiveKitDisconnectReason.UserRejected,
            };
            log.Tell("livekit", $"{call.To} does not answer: {reason}");
            rooms.Leave(phone, reason);
            return;
        }

        log.Tell("human", $"{call.To} answers");
        rooms.Answer(phone, new Dictionary<string, string>
        {
            [LiveKitAttributes.SipCallStatus] = LiveKitSipCallStatus.Active,
            [LiveKitAttributes.SipCallIdFull] = chance.Id("call", 27)[4..],
            ["sip.callTag"] = chance.Id("tag", 12)[3..],
        });
        rooms.Change(() =>
        {
            callee?.AnsweredAt = time.Clock.GetUtcNow();
            Hear(callee, phone);
        });
        await TalkAsync(call, phone, human, callee, gone);
    }

    private async Task TalkAsync(OutboundSipCall call, Participant phone, Human human, CalleePhone? callee, Task gone)
    {
        var ends = new[] { human.Talks, call.MaxCallDuration }.Min();
        if (ends is null)
        {
            return;
        }

        await Task.WhenAny(gone, time.Delay(ends.Value, stopping));
        if (!gone.IsCompleted && !stopping.IsCancellationRequested)
        {
            log.Tell("human", $"{call.To} hangs up");
            callee?.HungUp = true;
            SetStatus(phone, LiveKitSipCallStatus.Hangup);
            rooms.Leave(phone, LiveKitDisconnectReason.ClientInitiated);
        }
    }

    private void SetStatus(Participant phone, string status) => rooms.Change(() =>
    {
        if (phone.DisconnectReason is null)
        {
            phone.Attributes[LiveKitAttributes.SipCallStatus] = status;
            phone.Version++;
        }
    });
}
