using VoiceFunctions.Core.Routing.Hours;

namespace VoiceFunctions.Core.Routing.Outbound;

/// <summary>What a route says about the calls that we make.</summary>
public sealed record OutboundTerms
{
    /// <summary>At any time, once, and whoever answers is talked to.</summary>
    public static OutboundTerms Default { get; } = new();

    /// <summary>When a phone is called again; <c>null</c> for never.</summary>
    public RedialTerms? Redial { get; init; }

    /// <summary>When somebody may be called; <c>null</c> for always.</summary>
    public CallingHours? Hours { get; init; }

    /// <summary>What is done where a machine answers.</summary>
    public MachineAction WhenMachine { get; init; }

    /// <summary>When a number may be called, from a time on; <c>null</c> for never.</summary>
    /// <param name="from">The time.</param>
    /// <param name="number">The number in E.164.</param>
    public DateTimeOffset? NextOpen(DateTimeOffset from, string number) => Hours is null ? from : Hours.NextOpen(from, number);
}
