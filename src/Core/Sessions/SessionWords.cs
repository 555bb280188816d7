using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Sessions;

/// <summary>The words in which clients of calls without a phone are told how a call stands, and in which they name one.</summary>
public static class SessionWords
{
    /// <summary>The room is not open yet; a client may connect all the same.</summary>
    public const string Opening = "opening";

    /// <summary>The room is open, and the caller may come.</summary>
    public const string Ready = "ready";

    /// <summary>The caller is or was in the room.</summary>
    public const string Active = "active";

    /// <summary>It is over.</summary>
    public const string Ended = "ended";

    /// <summary>It is over, and nobody was served.</summary>
    public const string Failed = "failed";

    private const string Prefix = "call_";

    /// <summary>How a call stands.</summary>
    public static string StatusOf(CallState state) => state switch
    {
        { Status: CallStatus.Failed } => Failed,
        { Status: CallStatus.Ended } => Ended,
        _ when state.Callers.Any() => Active,
        _ when state.RoomOpenings.Any(opening => opening.Claim.Status == ClaimStatus.Done) => Ready,
        _ => Opening,
    };

    /// <summary>Reads a call's id as clients write it, also behind <c>call_</c>; <c>null</c> where it is none.</summary>
    public static CallId? ReadCallId(string text) =>
        CallId.TryParse(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, out var callId) ? callId : null;
}
