using System.Globalization;
using System.Net.Http.Headers;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Events;

/// <summary>What an HTTP answer means for a delivery.</summary>
internal static class HttpAnswer
{
    /// <summary>
    /// 2xx is taken. A 4xx says that it will never be, except those that speak of time: 408, 425 and 429. Everything else is tried again,
    /// a redirect too: whoever moves has time to change the setting.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">How long the answer wants us to wait; <c>null</c> where it says nothing.</param>
    public static DeliveryOutcome Of(int status, TimeSpan? retryAfter) => status switch
    {
        >= 200 and < 300 => new DeliveryOutcome.Delivered(),
        408 or 425 or 429 => Later(status, retryAfter),
        >= 400 and < 500 => new DeliveryOutcome.Refused(Words(status)),
        _ => Later(status, retryAfter),
    };

    /// <summary>The time that a Retry-After names, in seconds or as a date; <c>null</c> where there is none, or it is past.</summary>
    public static TimeSpan? WaitOf(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? header?.Date - now) is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static DeliveryOutcome.TryLater Later(int status, TimeSpan? after) => new(Words(status), after);

    private static string Words(int status) => string.Create(CultureInfo.InvariantCulture, $"answered {status}");
}
