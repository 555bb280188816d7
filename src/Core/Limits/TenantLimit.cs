namespace VoiceFunctions.Core.Limits;

/// <summary>What one tenant may do.</summary>
public sealed record TenantLimit
{
    /// <summary>Anything.</summary>
    public static TenantLimit None { get; } = new();

    /// <summary>How many calls it may have at one time; <c>null</c> for any number.</summary>
    public int? ConcurrentCalls { get; init; }

    /// <summary>How many requests it may make of the API; <c>null</c> for any number.</summary>
    public RequestLimit? Requests { get; init; }
}
