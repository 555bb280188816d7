using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls.Belonging;

namespace VoiceFunctions.Core.Calls.Events;

/// <summary>A fact about a call, stored once in its journal.</summary>
/// <param name="Id">The provider's delivery id, the key of deduplication: LiveKit's <c>EV_…</c>, Twilio's
/// <c>CallSid:event:SequenceNumber</c>, or <c>inferred:…</c>.</param>
/// <param name="At">When the gateway received or inferred it, UTC, by the gateway's clock.</param>
/// <param name="Fact">What it says.</param>
public sealed record CallEvent(string Id, DateTimeOffset At, CallFact Fact)
{
    /// <summary>
    /// How much later than it happened a word of LiveKit may come. LiveKit gives a webhook up before; a larger difference is one of clocks.
    /// </summary>
    public static TimeSpan LongestDelay { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Up to here the gateway's own time is as good: webhooks tell whole seconds only.</summary>
    private static readonly TimeSpan Timely = TimeSpan.FromSeconds(1);

    /// <summary>The longest <see cref="Raw"/> that is kept, in characters.</summary>
    public const int MaxRawLength = 2048;

    /// <summary>The room session that the event is about; <c>null</c> for Twilio's events.</summary>
    public RoomSession? Room { get; init; }

    /// <summary>
    /// When it happened by LiveKit's clock, UTC, where its webhook came at least a second later; <c>null</c> where it was timely.
    /// </summary>
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>When it happened, as well as is known. Durations count from here; what the gateway could know counts from At.</summary>
    [JsonIgnore]
    public DateTimeOffset Happened => HappenedAt ?? At;

    /// <summary>Whether the reconciler inferred it from LiveKit's answers; otherwise a webhook reported it.</summary>
    public bool Inferred { get; init; }

    /// <summary>
    /// The tenant whose route the call came by, on an event that makes it a call; <c>null</c> where that route is nobody's. It stays the
    /// call's where the routes change later.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Tenant { get; init; }

    /// <summary>Whose a call is that this event makes a call: the asker's, or that of the route by which it came.</summary>
    [JsonIgnore]
    public string? Owner => (Fact as CallFact.CallRequested)?.Tenant ?? Tenant;

    /// <summary>
    /// The provider's own words where they are worth keeping, cut to <see cref="MaxRawLength"/> characters; personal data.
    /// </summary>
    public string? Raw { get; init; }

    /// <summary>The event with LiveKit's time for it. A time that cannot be right is not taken over.</summary>
    /// <param name="unixMs">Milliseconds since 1970 UTC by LiveKit's clock; 0 where it did not say.</param>
    internal CallEvent HappenedAtMs(long unixMs)
    {
        var late = At.ToUnixTimeMilliseconds() - unixMs;
        return unixMs > 0 && late >= Timely.TotalMilliseconds && late <= LongestDelay.TotalMilliseconds
            ? this with { HappenedAt = DateTimeOffset.FromUnixTimeMilliseconds(unixMs) }
            : this;
    }

    /// <summary>Of two events of a kind the one that counts: the earlier, and of two at one time the one with the smaller id.</summary>
    internal static CallEvent Earlier(CallEvent? one, CallEvent other) =>
        one is null || other.At < one.At || (other.At == one.At && string.CompareOrdinal(other.Id, one.Id) < 0) ? other : one;

    /// <summary>
    /// Of two events of a kind the one that counts where the last word does: of two at one time the one with the greater id.
    /// </summary>
    internal static CallEvent Later(CallEvent? one, CallEvent other) =>
        one is null || other.At > one.At || (other.At == one.At && string.CompareOrdinal(other.Id, one.Id) > 0) ? other : one;
}
