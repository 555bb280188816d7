namespace VoiceFunctions.Core.Calls;

/// <summary>Why a call was not just let in: stable words, stored and shown.</summary>
public static class AdmissionReason
{
    /// <summary>All of the route's places are taken.</summary>
    public const string RouteLimit = "route_limit";

    /// <summary>All of the tenant's places are taken.</summary>
    public const string TenantLimit = "tenant_limit";

    /// <summary>A rule is for callers who call too often.</summary>
    public const string CallerVelocity = "caller_velocity";

    /// <summary>A rule is for what the network says about the caller's number.</summary>
    public const string CallerVerdict = "caller_verdict";

    /// <summary>A rule is for callers whose numbers begin so.</summary>
    public const string CallerNumber = "caller_number";

    /// <summary>What the limits count could not be read: the call was let in.</summary>
    public const string NotKnown = "not_known";

    /// <summary>Whether no place was free.</summary>
    public static bool IsLimit(string? reason) => reason is RouteLimit or TenantLimit;
}
