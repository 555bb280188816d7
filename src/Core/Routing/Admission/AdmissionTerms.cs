namespace VoiceFunctions.Core.Routing.Admission;

/// <summary>What must hold before a call gets an agent.</summary>
public sealed record AdmissionTerms
{
    /// <summary>Every call is let in, and nothing is counted.</summary>
    public static AdmissionTerms Open { get; } = new();

    /// <summary>How many calls of the route may go on at one time; <c>null</c> for any number.</summary>
    public int? RouteCalls { get; init; }

    /// <summary>The tenant whose calls are counted too; <c>null</c> for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>How many calls of that tenant may go on at one time; <c>null</c> for any number.</summary>
    public int? TenantCalls { get; init; }

    /// <summary>The rules for callers, in their order: the first that fits decides.</summary>
    public IReadOnlyList<AdmissionRule> Rules { get; init; } = [];

    /// <summary>Whether a call takes a place.</summary>
    public bool HasPlaces => RouteCalls is not null || TenantCalls is not null;

    /// <summary>Whether every call is let in, so that nothing has to be decided.</summary>
    public bool IsOpen => !HasPlaces && Rules.Count == 0;
}
