using VoiceFunctions.Core.Twilio.Signatures;

namespace VoiceFunctions.Simulator.Tests;

/// <summary>A request that the scripted gateway got.</summary>
public sealed record ReceivedRequest(TimeSpan At, string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public TwilioForm Form => TwilioForm.Parse(Body);

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
