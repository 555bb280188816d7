using System.Globalization;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>How patient Twilio is with one request, as the fragment of its URL says: <c>#rc=2&amp;rp=ct,rt,5xx&amp;rt=5000&amp;tt=15000</c>.</summary>
/// <param name="Retries">How often the request is made again.</param>
/// <param name="OnConnect">Whether a failure to connect is a reason to.</param>
/// <param name="OnReadTimeout">Whether waiting too long for the answer is.</param>
/// <param name="OnServerError">Whether a 5xx is.</param>
/// <param name="ReadTimeout">How long one answer may take.</param>
/// <param name="Total">How long all of them may take.</param>
internal sealed record ConnectionOverride(int Retries, bool OnConnect, bool OnReadTimeout, bool OnServerError, TimeSpan ReadTimeout, TimeSpan Total)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Reads a URL's fragment; what it leaves out is Twilio's default.</summary>
    public static ConnectionOverride Of(Uri url)
    {
        var values = url.Fragment.TrimStart('#').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var policy = values.GetValueOrDefault("rp", "ct").Split(',');
        return new ConnectionOverride(
            int.Parse(values.GetValueOrDefault("rc", "1"), CultureInfo.InvariantCulture),
            Has("ct"),
            Has("rt"),
            Has("5xx"),
            Time("rt"),
            Time("tt"));

        bool Has(string reason) => policy.Contains(reason) || policy.Contains("all");

        TimeSpan Time(string key) => values.TryGetValue(key, out var text) ? TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture)) : Longest;
    }
}
