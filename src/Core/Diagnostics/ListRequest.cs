using System.Globalization;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal.Listing;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>What <c>GET /calls</c> was asked.</summary>
/// <param name="HasEnded">Ended calls alone, or active ones alone; <c>null</c> for both.</param>
/// <param name="From">Since when at the earliest; <c>null</c> for no bound.</param>
/// <param name="Until">Until when, that moment not included; <c>null</c> for no bound.</param>
/// <param name="Tenant">Whose; <c>null</c> for everybody's.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Cursor">Where to go on; <c>null</c> for the beginning.</param>
public sealed record ListRequest(bool? HasEnded, DateTimeOffset? From, DateTimeOffset? Until, string? Tenant, int Limit, string? Cursor)
{
    /// <summary>How many calls a page holds unless it is said.</summary>
    public const int DefaultLimit = 50;

    /// <summary>How many it holds at most: each of them is one more row to read.</summary>
    public const int MaxLimit = 100;

    private const string Rule = "must be a time such as 2026-11-21T12:00:00Z or 2026-11-21T13:00:00%2B01:00";

    /// <summary>The query without a place to go on from.</summary>
    public CallQuery Query => new(Limit) { HasEnded = HasEnded, From = From, Until = Until, Tenant = Tenant };

    /// <summary>What the cursor of a page is good for: the same calls, in pages of any size.</summary>
    internal string Scope => string.Create(
        CultureInfo.InvariantCulture, $"{HasEnded}|{From?.UtcTicks}|{Until?.UtcTicks}|{Tenant}");

    /// <summary>Reads it; <c>null</c> with a sentence where it is wrong.</summary>
    public static ListRequest? TryParse(QueryText asked, out string error)
    {
        error = "";
        if (asked["state"] is not (null or "active" or "ended"))
        {
            error = "state must be active or ended.";
            return null;
        }

        if (!TryReadTime(asked["from"], out var from) || !TryReadTime(asked["to"], out var until))
        {
            error = $"from and to {Rule}.";
            return null;
        }

        if (from >= until)
        {
            error = "from must be before to.";
            return null;
        }

        var limit = DefaultLimit;
        if (asked["limit"] is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            error = $"limit must be a whole number from 1 to {MaxLimit}.";
            return null;
        }

        bool? hasEnded = asked["state"] is { } wanted ? wanted == "ended" : null;
        return new ListRequest(hasEnded, from, until, asked["tenant"] is { Length: > 0 } tenant ? tenant : null, limit, asked["cursor"]);
    }

    /// <summary>Reads a time of RFC 3339. One without an offset could be meant anywhere.</summary>
    private static bool TryReadTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        var isRead = DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = read;
        return isRead && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'));
    }
}
