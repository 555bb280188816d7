using System.Globalization;

namespace VoiceFunctions.Core.Twilio;

/// <summary>
/// The query of the action URL of a Dial to a human: which of the route's humans it dials. The action URL of the Dial to LiveKit has none.
/// </summary>
internal static class HumanLeg
{
    /// <summary>The first human's. It has no index, as in the URLs of earlier versions, so that both versions read each other's.</summary>
    private const string First = "leg=human";

    private const string Later = First + "&index=";

    /// <summary>The query for the human with this index, from 0.</summary>
    public static string QueryOf(int index) => index == 0 ? First : string.Create(CultureInfo.InvariantCulture, $"{Later}{index}");

    /// <summary>The index of the human who was dialled; <c>null</c> where LiveKit was. An index that is none is nobody's.</summary>
    public static int? IndexOf(ReadOnlySpan<char> query) => query switch
    {
        _ when !query.StartsWith(First) => null,
        { Length: var length } when length == First.Length => 0,
        _ when query.StartsWith(Later)
            && int.TryParse(query[Later.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < int.MaxValue => index,
        _ => int.MaxValue - 1,
    };
}
