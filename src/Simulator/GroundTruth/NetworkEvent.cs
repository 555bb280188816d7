namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>Something that happened in the network, told for people. Phone numbers in it are masked.</summary>
/// <param name="At">When, by the simulation's clock.</param>
/// <param name="Who">Who did it: <c>caller</c>, <c>twilio</c>, <c>livekit</c>, <c>agent</c>, <c>human</c>, <c>network</c>.</param>
/// <param name="What">What it did.</param>
public sealed record NetworkEvent(DateTimeOffset At, string Who, string What);
