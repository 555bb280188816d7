namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>
/// The answer to a transfer. Servers before 2026-08 answer <c>{}</c>; whatever is not called a failure was accepted.
/// </summary>
/// <param name="Status">
/// <c>STS_TRANSFER_SUCCESSFUL</c>, <c>…_ONGOING</c> or <c>…_FAILED</c>; empty where the server does not say.
/// </param>
public sealed record LiveKitTransfer(string Status)
{
    /// <summary>Whether the phone network refused.</summary>
    public bool HasFailed => Status == "STS_TRANSFER_FAILED";
}
