using System.Text.RegularExpressions;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Simulator.GroundTruth;

/// <summary>Tells an observer what happens. The one place that phone numbers pass on their way out, and where they are masked.</summary>
internal sealed partial class NetworkLog(TimeProvider clock, Action<NetworkEvent>? observer)
{
    private readonly Lock gate = new();

    public void Tell(string who, string what)
    {
        if (observer is not null)
        {
            lock (gate)
            {
                observer(new NetworkEvent(clock.GetUtcNow(), who, Mask(what)));
            }
        }
    }

    public static string Mask(string text) => PhoneNumbers.Replace(text, number => PhoneMask.Of(number.Value));

    [GeneratedRegex(@"\+\d{7,15}")]
    private static partial Regex PhoneNumbers { get; }
}
