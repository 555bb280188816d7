namespace VoiceFunctions.Core.Costs.Prices;

/// <summary>What something costs, and where that is written.</summary>
/// <param name="Name">What it is for, one of <see cref="PriceName"/>.</param>
/// <param name="MicroDollars">
/// The price of <paramref name="Per"/> units in millionths of a US dollar; <c>null</c> where it has no price.
/// </param>
/// <param name="Per">How many units that buys.</param>
/// <param name="Unit">The unit, such as <c>minute</c>.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Date">Since when it was known to be written there.</param>
public sealed record Price(string Name, long? MicroDollars, long Per, string Unit, string Source, DateOnly Date)
{
    /// <summary>Whether somebody read it at its source, rather than in somebody else's words.</summary>
    public bool Verified { get; init; }

    /// <summary>What else is to be known of it; <c>null</c> for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// What so many units cost in millionths of a US dollar, rounded to the nearest, and never more than a <see cref="long"/> holds;
    /// <c>null</c> where it has no price.
    /// </summary>
    /// <param name="quantity">How many units.</param>
    public long? Of(long quantity) => OfParts(quantity, 1);

    /// <summary>The same of a fraction: 90 of 60 parts are one and a half units.</summary>
    /// <param name="quantity">How many parts.</param>
    /// <param name="parts">How many parts a unit has.</param>
    public long? OfParts(long quantity, long parts)
    {
        var whole = (Int128)Per * parts;
        return MicroDollars is { } price
            ? (long)Int128.Min((((Int128)quantity * price) + (whole / 2)) / whole, long.MaxValue)
            : null;
    }
}
