using System.Globalization;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// Twilio's timeouts and retries for one request, from the fragment of its URL: <c>#rc=2&amp;rp=ct,rt,5xx&amp;rt=5000&amp;tt=15000</c>.
/// </summary>
/// <param name="Retries">How often the request is repeated.</param>
/// <param name="OnConnect">Whether a failure to connect causes a retry.</param>
/// <param name="OnReadTimeout">Whether a read timeout causes a retry.</param>
/// <param name="OnServerError">Whether a 5xx answer causes a retry.</param>
/// <param name="ReadTimeout">The time for one answer.</param>
/// <param name="Total">The time for all attempts together.</param>
internal sealed record ConnectionOverride(
    int Retries, bool OnConnect, bool OnReadTimeout, bool OnServerError, TimeSpan ReadTimeout, TimeSpan Total)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Reads a URL's fragment. A value that it leaves out is Twilio's default.</summary>
    public static ConnectionOverride Of(Uri url)
    {
        var values = url.Fragment.TrimStart('#')
            .Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var policy = values.GetValueOrDefault("rp", "ct").Split(',');
        return new ConnectionOverride(
            int.Parse(values.GetValueOrDefault("rc", "1"), CultureInfo.InvariantCulture),
            Has("ct"),
            Has("rt"),
            Has("5xx"),
            Time("rt"),
            Time("tt"));

        bool Has(string reason) => policy.Contains(reason) || policy.Contains("all");

        TimeSpan Time(string key) =>
            values.TryGetValue(key, out var text) ? TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture)) : Longest;
    }
}
