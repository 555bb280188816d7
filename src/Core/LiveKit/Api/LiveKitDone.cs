namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The answer of a call that has nothing to tell but that it was done.</summary>
public sealed record LiveKitDone;
