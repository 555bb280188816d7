namespace VoiceFunctions.Simulator.Twilio;

/// <summary>A SIP URI as TwiML writes it: <c>sip:user@host;transport=tcp?x-name=value</c>.</summary>
internal sealed record SipTarget(string User, string Host, IReadOnlyDictionary<string, string> Headers)
{
    private const int MaxUri = 255;
    private const int MaxHeaders = 1024;

    /// <summary>Reads a URI; <c>null</c> if Twilio would not dial it.</summary>
    public static SipTarget? Parse(string uri)
    {
        var parts = uri.Split('?', 2);
        var address = parts[0].Split(';')[0];
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (!address.StartsWith("sip:", StringComparison.Ordinal)
            || at < 5
            || parts[0].Length >= MaxUri
            || (parts.Length == 2 && parts[1].Length >= MaxHeaders))
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in parts.Length == 2 ? parts[1].Split('&') : [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !pair.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            headers[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return new SipTarget(Uri.UnescapeDataString(address[4..at]), address[(at + 1)..], headers);
    }
}
