using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Journal.Listing;

/// <summary>A call's place in the list: the newest first, and of two at one time the one with the smaller id.</summary>
/// <param name="Since">Since when the gateway has known that it is a call, UTC.</param>
/// <param name="CallId">The call.</param>
public sealed record CallPlace(DateTimeOffset Since, CallId CallId) : IComparable<CallPlace>
{
    /// <inheritdoc/>
    public int CompareTo(CallPlace? other) => other is null ? 1
        : other.Since.CompareTo(Since) is not 0 and var newer ? newer
        : string.CompareOrdinal(CallId.Value, other.CallId.Value);

    public static bool operator <(CallPlace left, CallPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(CallPlace left, CallPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(CallPlace left, CallPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CallPlace left, CallPlace right) => left.CompareTo(right) >= 0;
}
