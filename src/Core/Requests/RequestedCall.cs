using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Requests;

/// <summary>A call that was asked for over the API.</summary>
/// <param name="CallId">The call.</param>
/// <param name="IsNew">Whether this request began it; otherwise an earlier one under the same idempotency key did.</param>
public sealed record RequestedCall(CallId CallId, bool IsNew)
{
    /// <summary>Whether it was not begun because no place was free; nothing is recorded, and it may be asked for again.</summary>
    public bool IsOverLimit { get; init; }
}
