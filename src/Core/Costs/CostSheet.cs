using System.Text.Json.Serialization;
using VoiceFunctions.Core.Costs.Prices;

namespace VoiceFunctions.Core.Costs;

/// <summary>
/// What one call cost, computed from its stored rows and a price list. Holds no personal data. Amounts are millionths of a US dollar.
/// </summary>
/// <param name="CallId">The call.</param>
/// <param name="At">Until when is counted what goes on, UTC.</param>
/// <param name="IsFinal">Whether the call has ended and its room is gone; otherwise the amounts still grow.</param>
public sealed record CostSheet(string CallId, DateTimeOffset At, bool IsFinal)
{
    /// <summary>How long the call was, by each of its three witnesses.</summary>
    public required IReadOnlyList<WitnessTime> Durations { get; init; }

    /// <summary>Where the witnesses differ by more than they may.</summary>
    public required IReadOnlyList<Disagreement> Disagreements { get; init; }

    /// <summary>What was paid for and served nobody. It is in the amounts already.</summary>
    public required IReadOnlyList<WasteLine> Waste { get; init; }

    /// <summary>What the gateway itself had to do.</summary>
    public required IReadOnlyList<WorkCount> Work { get; init; }

    /// <summary>What is billed.</summary>
    public required IReadOnlyList<CostLine> Lines { get; init; }

    /// <summary>The sum of the lines that have a price.</summary>
    public required long MicroDollars { get; init; }

    /// <summary>The lines without a price, which the sum leaves out.</summary>
    public required IReadOnlyList<string> Unpriced { get; init; }

    /// <summary>The day of the price list.</summary>
    public required DateOnly PricesOf { get; init; }

    /// <summary>The prices of the lines.</summary>
    public required IReadOnlyList<Price> Prices { get; init; }
}

/// <summary>How long the call was by one witness, in seconds.</summary>
/// <param name="Witness"><c>twilio</c>, <c>livekit</c> or <c>gateway</c>.</param>
/// <param name="Seconds">
/// All of it: Twilio's leg of the caller, the caller's stay in LiveKit's room, from the gateway's first event to the end; <c>null</c> where
/// the witness did not say.
/// </param>
/// <param name="TalkSeconds">From the first time that the caller could hear somebody: what the witnesses must agree on.</param>
public sealed record WitnessTime(string Witness, double? Seconds, double? TalkSeconds);

/// <summary>A difference between two witnesses that is larger than it may be.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Seconds">How large it is; 0 where a witness said nothing.</param>
/// <param name="Text">What it is, in a plain sentence.</param>
public sealed record Disagreement(string Name, double Seconds, string Text);

/// <summary>Something that was paid for and served nobody.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Unit"><c>s</c>, or what is counted.</param>
/// <param name="Text">What it is.</param>
public sealed record WasteLine(string Name, double Quantity, string Unit, string Text)
{
    /// <summary>Its share of the amounts, not rounded up to minutes; <c>null</c> where it has no price of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? MicroDollars { get; init; }
}

/// <summary>Something that the gateway did.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Count">How often.</param>
/// <param name="IsCounted">Whether the stored rows show each; otherwise it is derived from what they show.</param>
/// <param name="Text">What it is, and how it is derived.</param>
public sealed record WorkCount(string Name, long Count, bool IsCounted, string Text);

/// <summary>Something that is billed.</summary>
/// <param name="Price">The name of its price.</param>
/// <param name="Quantity">How many units, each use rounded up as the provider does.</param>
/// <param name="Unit">The unit.</param>
/// <param name="IsDerived">Whether the quantity is derived, because the rows do not show it.</param>
public sealed record CostLine(string Price, long Quantity, string Unit, bool IsDerived)
{
    /// <summary>What that costs; <c>null</c> where it has no price.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? MicroDollars { get; init; }
}
