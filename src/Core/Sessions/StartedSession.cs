using VoiceFunctions.Core.Calls.State;

namespace VoiceFunctions.Core.Sessions;

/// <summary>A call that was begun for somebody who joins with a token.</summary>
/// <param name="State">The call as it stands.</param>
/// <param name="Token">The caller's token.</param>
internal sealed record StartedSession(CallState State, CallToken Token);
