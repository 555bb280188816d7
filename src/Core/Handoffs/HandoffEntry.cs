namespace VoiceFunctions.Core.Handoffs;

/// <summary>How a human in a browser comes into a call's room.</summary>
/// <param name="Url">LiveKit's address for clients.</param>
/// <param name="Token">The token: for one identity and one room, to listen and to speak, as long as the call may last.</param>
/// <param name="Room">The room's name.</param>
internal sealed record HandoffEntry(string Url, string Token, string Room);
