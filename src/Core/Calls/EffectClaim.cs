using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.Calls;

/// <summary>The right to do one effect, and what became of it. One row of the call's journal.</summary>
/// <param name="Key">Names the effect within the call, such as <c>dispatch:1</c>.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Owner">The claimant's token: a host that reads its own token back after an ambiguous write has won the claim.</param>
/// <param name="Attempt">How often it was begun, from 1.</param>
/// <param name="At">When <see cref="Status"/> was written, UTC.</param>
public sealed record EffectClaim(string Key, ClaimStatus Status, string Owner, int Attempt, DateTimeOffset At)
{
    /// <summary>When the first attempt was begun that has not been settled since; <c>null</c> where that is <see cref="At"/>.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Until when an Intent holds, or from when on a Failed effect may be tried again; <c>null</c> otherwise.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it was first begun, as <see cref="BegunAt"/> or <see cref="At"/> says.</summary>
    [JsonIgnore]
    public DateTimeOffset FirstBegunAt => BegunAt ?? At;

    /// <summary>The name of the agent that it sends; <c>null</c> where it sends none, and in claims of earlier versions.</summary>
    public string? Agent { get; init; }

    /// <summary>
    /// The name of the agent that an earlier attempt may have sent, such as the one before the reserve; <c>null</c> where it was the same.
    /// </summary>
    public string? EarlierAgent { get; init; }

    /// <summary>What came of it, such as a dispatch id or the end's cause; no personal data.</summary>
    public string? Result { get; init; }
}
