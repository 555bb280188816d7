namespace VoiceFunctions.Core.Calls.Events;

/// <summary>A fact about a call, stored once in its journal.</summary>
/// <param name="Id">The provider's delivery id, the key of deduplication: LiveKit's <c>EV_…</c>, Twilio's
/// <c>CallSid:event:SequenceNumber</c>, or <c>inferred:…</c>.</param>
/// <param name="At">When the gateway received or inferred it, UTC, by the gateway's clock.</param>
/// <param name="Fact">What it says.</param>
public sealed record CallEvent(string Id, DateTimeOffset At, CallFact Fact)
{
    /// <summary>The longest <see cref="Raw"/> that is kept, in characters.</summary>
    public const int MaxRawLength = 2048;

    /// <summary>The room session that the event is about; <c>null</c> for Twilio's events.</summary>
    public RoomSession? Room { get; init; }

    /// <summary>Whether the reconciler inferred it from LiveKit's answers; otherwise a webhook reported it.</summary>
    public bool Inferred { get; init; }

    /// <summary>
    /// The provider's own words where they are worth keeping, cut to <see cref="MaxRawLength"/> characters; personal data.
    /// </summary>
    public string? Raw { get; init; }

    /// <summary>Of two events of a kind the one that counts: the earlier, and of two at one time the one with the smaller id.</summary>
    internal static CallEvent Earlier(CallEvent? one, CallEvent other) =>
        one is null || other.At < one.At || (other.At == one.At && string.CompareOrdinal(other.Id, one.Id) < 0) ? other : one;
}
