namespace VoiceFunctions.Core.Limits;

/// <summary>What each tenant may do.</summary>
/// <param name="others">What a tenant may do that has no entry of its own.</param>
/// <param name="own">The entries of tenants, complete.</param>
public sealed class TenantLimits(TenantLimit others, IReadOnlyDictionary<string, TenantLimit> own)
{
    /// <summary>Everybody may do anything.</summary>
    public static TenantLimits None { get; } = new(TenantLimit.None, new Dictionary<string, TenantLimit>());

    /// <summary>The tenants that have entries of their own.</summary>
    public IEnumerable<string> Named => own.Keys;

    /// <summary>Whether a tenant has a limit of calls.</summary>
    public bool LimitsCalls { get; } = own.Values.Append(others).Any(limit => limit.ConcurrentCalls is not null);

    /// <summary>Whether a tenant has a limit of requests.</summary>
    public bool LimitsRequests { get; } = own.Values.Append(others).Any(limit => limit.Requests is not null);

    /// <summary>What a tenant may do.</summary>
    public TenantLimit Of(string tenant) => own.GetValueOrDefault(tenant, others);
}
