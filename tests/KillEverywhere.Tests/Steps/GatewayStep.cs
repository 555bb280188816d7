using System.Globalization;

namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Something that the gateway does to the journal or to LiveKit in the course of a call.</summary>
/// <param name="Name">What, for people; the same in every run of the call.</param>
/// <param name="Time">The how manieth of this name, from 1.</param>
internal sealed record GatewayStep(string Name, int Time)
{
    public override string ToString() => Time == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} ({Time})");
}
