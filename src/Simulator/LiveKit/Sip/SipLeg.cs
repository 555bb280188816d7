using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Rooms;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.LiveKit.Sip;

/// <summary>One phone in a LiveKit room. It rings until somebody else's audio is there, and ends however it ends.</summary>
public sealed class SipLeg
{
    private readonly TaskCompletionSource<bool> ringing;
    private readonly TaskCompletionSource<bool> answered;
    private readonly TaskCompletionSource<SipEnd> ended;
    private readonly Action<SipLeg> hangUp;

    internal SipLeg(SimulationTime time, string callId, InboundSipCall call, Action<SipLeg> hangUp)
    {
        CallId = callId;
        Call = call;
        this.hangUp = hangUp;
        ringing = time.CreateCompletion<bool>();
        answered = time.CreateCompletion<bool>();
        ended = time.CreateCompletion<SipEnd>();
    }

    /// <summary>LiveKit's id of the call, <c>SCL_…</c>.</summary>
    public string CallId { get; }

    /// <summary>What came in.</summary>
    public InboundSipCall Call { get; }

    /// <summary>The room that the call goes to; <c>null</c> where no trunk takes it.</summary>
    public string? RoomName { get; internal set; }

    /// <summary>Ends when the phone rings at LiveKit.</summary>
    public Task Ringing => ringing.Task;

    /// <summary>Ends when LiveKit picks up; never where it does not.</summary>
    public Task Answered => answered.Task;

    /// <summary>Ends when the call does.</summary>
    public Task<SipEnd> Ended => ended.Task;

    /// <summary>When somebody else could be heard in the room, and until when; the last one may go on.</summary>
    public IReadOnlyList<Sound> Sounds => Ear.Sounds;

    /// <summary>To whom the phone's side was asked to give the caller, and did; <c>null</c> where it was not.</summary>
    internal Human? TransferredTo { get; set; }

    internal Ear Ear { get; } = new();

    internal Participant? Participant { get; set; }

    internal bool IsHungUp { get; set; }

    internal bool IsAnswering { get; set; }

    /// <summary>The phone hangs up. Nothing where the call has ended.</summary>
    public void HangUp() => hangUp(this);

    internal void Ring() => ringing.TrySetResult(true);

    internal void PickUp() => answered.TrySetResult(true);

    /// <summary>The call ends; <paramref name="reason"/> is LiveKit's.</summary>
    internal void End(string reason, DateTimeOffset now)
    {
        Ear.Hear(Voice.Silence, now);
        ended.TrySetResult(
            IsHungUp && reason == LiveKitDisconnectReason.ClientInitiated ? new SipEnd.HungUp()
            : answered.Task.IsCompleted ? new SipEnd.Disconnected(reason)
            : new SipEnd.Refused(486));
    }

    internal void End(SipEnd end) => ended.TrySetResult(end);
}
