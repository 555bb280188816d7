namespace VoiceFunctions.Core.Sessions;

/// <summary>A LiveKit token for one call's room. Printing one shows no token.</summary>
/// <param name="Identity">The identity that it joins with.</param>
/// <param name="Room">The one room that it is good for.</param>
/// <param name="Url">Where LiveKit's clients connect, such as <c>wss://project.livekit.cloud</c>.</param>
/// <param name="ExpiresAt">Until when one can join with it, UTC; no later than the call can last.</param>
public sealed record CallToken(string Identity, string Room, string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>The token; whoever has it can join.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Identity;
}
