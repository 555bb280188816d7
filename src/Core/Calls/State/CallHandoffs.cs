using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State;

/// <summary>The slice of a call's state that holds which handoffs were asked for, by their numbers.</summary>
public sealed record CallHandoffs
{
    /// <summary>None was asked for.</summary>
    public static CallHandoffs None { get; } = new();

    /// <summary>Whether none was asked for.</summary>
    public bool IsEmpty => ByNumber.IsEmpty;

    /// <summary>The first event of each, in the order of the numbers.</summary>
    public IEnumerable<CallEvent> All => ByNumber.Values;

    private ImmutableSortedDictionary<int, CallEvent> ByNumber { get; init; } = ImmutableSortedDictionary<int, CallEvent>.Empty;

    /// <summary>The handoffs after one more event.</summary>
    internal CallHandoffs Apply(CallEvent callEvent) => callEvent.Fact is CallFact.HandoffRequested { Number: var number }
        ? this with { ByNumber = ByNumber.SetItem(number, CallEvent.Earlier(ByNumber.GetValueOrDefault(number), callEvent)) }
        : this;
}

/// <summary>
/// One handoff of a call: what was asked for and how far it has come. It comes to one end: the agents fall silent for a human who is there,
/// the caller is given away, or it is given up. Each of these begins with a claim, and where one has begun no other does: a human who
/// answers too late, or is gone too soon, takes nobody's place.
/// </summary>
public sealed class Handoff
{
    private readonly CallState state;
    private readonly bool isLast;

    internal Handoff(CallState state, CallEvent requested)
    {
        this.state = state;
        Request = (CallFact.HandoffRequested)requested.Fact;
        RequestedAt = requested.At;
        isLast = state.HandoffRequests.All.Last() == requested;
        Failure = state.Claims.GetValueOrDefault(CallEffect.GiveUpHandoff.KeyOf(Number));
        Attempts = [.. Request.Humans
            .Select((_, index) => (index, state.Claims.GetValueOrDefault(KeyOf(index))))
            .Where(attempt => attempt.Item2 is not null)
            .Select(attempt => (attempt.index, attempt.Item2!))];
    }

    /// <summary>What was asked for.</summary>
    public CallFact.HandoffRequested Request { get; }

    /// <summary>Which of the call's handoffs, from 1.</summary>
    public int Number => Request.Number;

    /// <summary>When the gateway took the request.</summary>
    public DateTimeOffset RequestedAt { get; }

    /// <summary>The claims of its humans, as far as they were tried: of their ringing, or of giving the caller to them.</summary>
    public IReadOnlyList<(int Index, EffectClaim Claim)> Attempts { get; }

    /// <summary>The claim of its giving up; <c>null</c> where that was not begun.</summary>
    public EffectClaim? Failure { get; }

    /// <summary>The legs of its humans who were in the room.</summary>
    public IEnumerable<LegState> Legs => state.Humans.Where(leg => Owns(leg.Leg!));

    /// <summary>Whether one of its humans is there now: their phone was picked up, or their browser publishes audio.</summary>
    public bool IsAnswered => Legs.Any(leg => AnswerOf(leg) is not null && state.IsLive(leg));

    /// <summary>When a human took the caller over: when the silencing of the agents began. <c>null</c> where none did.</summary>
    public DateTimeOffset? ConnectedAt => isLast ? state.Silencings.FirstOrDefault().Claim?.FirstBegunAt : null;

    /// <summary>Whether a human has taken the caller over.</summary>
    public bool IsConnected => ConnectedAt is not null;

    /// <summary>The event by which a human of it was there; <c>null</c> where they were not.</summary>
    public static CallEvent? AnswerOf(LegState human) => human.Leg!.IsByToken ? human.Audio : human.Answered;

    /// <summary>
    /// The claim by which the caller was given away, also one of which nobody knew what came of it; <c>null</c> where they were not.
    /// </summary>
    public EffectClaim? Transfer => Request.Mode == HandoffMode.Warm ? null
        : Attempts.Select(attempt => attempt.Claim).FirstOrDefault(claim => claim.Status == ClaimStatus.Done)
            ?? (state.End is { Result: EndCause.Transferred } ? OpenTransfer : null);

    /// <summary>
    /// The claim of a giving away of which nobody knows yet what came of it: where the caller leaves, that is it. <c>null</c> for none.
    /// </summary>
    public EffectClaim? OpenTransfer => Request.Mode == HandoffMode.Cold && Attempts is [.., (_, { } last)]
        && (last.Status == ClaimStatus.Intent || last is { Status: ClaimStatus.Failed, Result: UnderWay })
            ? last
            : null;

    /// <summary>The result of an attempt to give the caller away that is still going on as far as is known.</summary>
    public const string UnderWay = "under_way";

    /// <summary>Whether it has come to its end.</summary>
    public bool IsOver => IsConnected || Transfer is not null || Failure is { Status: ClaimStatus.Done or ClaimStatus.GivenUp };

    /// <summary>How far it has come.</summary>
    public HandoffStatus Status => this switch
    {
        { Failure.Status: ClaimStatus.Done or ClaimStatus.GivenUp } => HandoffStatus.Failed,
        { Transfer: not null } => HandoffStatus.Transferred,
        { IsConnected: true } => HandoffStatus.Connected,
        { Attempts.Count: 0 } => HandoffStatus.Queued,
        { Request.Mode: HandoffMode.Cold } => HandoffStatus.Transferring,
        _ => HandoffStatus.Ringing,
    };

    /// <summary>
    /// How long it may take at most until somebody else is tried for the last time: the ring times of the humans not yet tried, or the
    /// time for which one in a browser is waited; zero where it is over.
    /// </summary>
    public TimeSpan EstimatedWait => IsOver ? TimeSpan.Zero
        : Request.InBrowser ? Request.RingTime
        : Request.RingTime * (Request.Humans.Count - Attempts.Count);

    /// <summary>It as the call's record shows it.</summary>
    public HandoffRecord Record => new(Number, Request.Mode, Status, RequestedAt)
    {
        Queue = Request.Queue,
        Reason = Request.Reason,
        InBrowser = Request.InBrowser,
        EndedAt = Status switch
        {
            HandoffStatus.Connected => ConnectedAt,
            HandoffStatus.Transferred => Transfer!.At,
            HandoffStatus.Failed => Failure!.At,
            _ => null,
        },
        Failure = Status == HandoffStatus.Failed ? Failure!.Result : null,
    };

    /// <summary>Whether a leg is one of its humans.</summary>
    public bool Owns(Leg leg) => Request.InBrowser
        ? leg.IsByToken && leg.Identity == HumanIdentity.Of(state.CallId)
        : leg.Identity.StartsWith(HumanIdentity.PrefixOfHandoff(state.CallId, Number), StringComparison.Ordinal);

    private string KeyOf(int index) => Request.Mode == HandoffMode.Cold
        ? CallEffect.TransferCaller.KeyOf(Number, index)
        : CallEffect.RingHuman.KeyOf(Number, index);
}
