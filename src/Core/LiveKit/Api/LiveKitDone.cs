namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The value of a successful call whose answer has no content.</summary>
public sealed record LiveKitDone;
