using System.Globalization;

namespace VoiceFunctions.Core.Limits;

/// <summary>What a limit says to one request.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="IsAllowed">Whether the request is within it.</param>
/// <param name="Remaining">How many more are, as far as is known.</param>
/// <param name="Reset">How long until there is room for more than that.</param>
public sealed record RequestCount(RequestLimit Limit, bool IsAllowed, int Remaining, TimeSpan Reset)
{
    private const string Policy = "requests";

    /// <summary>The header that says what the limit allows.</summary>
    public const string PolicyName = "RateLimit-Policy";

    /// <summary>The header that says what it still allows.</summary>
    public const string HeaderName = "RateLimit";

    /// <summary>The value of <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers): quota and window in seconds.</summary>
    public string PolicyHeader => string.Create(
        CultureInfo.InvariantCulture, $"\"{Policy}\";q={Limit.Requests};w={WholeSeconds(Limit.Window)}");

    /// <summary>The value of <c>RateLimit</c>: what remains, and for how many seconds that is so.</summary>
    public string Header => string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={Remaining};t={ResetSeconds}");

    /// <summary>Both headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => [new(PolicyName, PolicyHeader), new(HeaderName, Header)];

    /// <summary><see cref="Reset"/> in whole seconds, at least one.</summary>
    public int ResetSeconds => Math.Max(1, WholeSeconds(Reset));

    private static int WholeSeconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
