namespace VoiceFunctions.KillEverywhere.Wire;

/// <summary>A request on its way through a <see cref="Relay"/>.</summary>
internal sealed record Passing(string Method, string Target, byte[] Body);
