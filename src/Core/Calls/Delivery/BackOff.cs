using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Core.Calls.Delivery;

/// <summary>
/// How long to wait before an event is offered again: half as long as it has waited already, at least <see cref="Shortest"/> and at most
/// <see cref="Longest"/>, and a fifth more or less, so that many calls do not come back at one time. What is added is made of the event's
/// id and age and not of chance, so that a simulated call tells the same story again.
/// </summary>
internal static class BackOff
{
    /// <summary>The shortest pause, before the fifth.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause, before the fifth.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest pause that a destination may ask for.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>The pause before the next attempt.</summary>
    /// <param name="age">How long ago the event was offered first.</param>
    /// <param name="eventId">The event.</param>
    public static TimeSpan After(TimeSpan age, string eventId)
    {
        var pause = Math.Clamp(age.TotalSeconds / 2, Shortest.TotalSeconds, Longest.TotalSeconds);
        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{eventId} {age.TotalMilliseconds:0}")));
        return TimeSpan.FromMilliseconds(Math.Round(pause * (800 + 400 * digest[0] / 255.0)));
    }

    /// <summary>A pause that a destination asked for, within reason.</summary>
    public static TimeSpan Bounded(TimeSpan asked) => asked < LongestAsked ? asked : LongestAsked;
}
