using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Routing.Admission;

/// <summary>How many calls each tenant may have at one time.</summary>
/// <param name="limits">What the tenants may do.</param>
/// <param name="only">The only tenant, whose the calls are that are nobody's; <c>null</c> where there are several, or none.</param>
public sealed class TenantPlaces(TenantLimits limits, string? only)
{
    /// <summary>Any number for everybody.</summary>
    public static TenantPlaces Any { get; } = new(TenantLimits.None, null);

    /// <summary>The only tenant; <c>null</c> where there are several, or none.</summary>
    public string? Only => only;

    /// <summary>Whether there is a tenant with a limit.</summary>
    public bool LimitsCalls => limits.LimitsCalls;

    /// <summary>A route's terms with the places of a call's tenant.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="tenant">Whose the call is; <c>null</c> where it is nobody's.</param>
    public AdmissionTerms Of(AdmissionTerms terms, string? tenant) =>
        (tenant ?? only) is { } whose && limits.Of(whose).ConcurrentCalls is { } most
            ? terms with { Tenant = whose, TenantCalls = most }
            : terms;
}
