using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Telephony;

/// <summary>LiveKit's SIP host: host, port and parameters of a SIP URI, always with a transport.</summary>
public sealed partial record SipHost
{
    private SipHost(string value) => Value = value;

    /// <summary>The part after the <c>@</c>, such as <c>project.sip.livekit.cloud;transport=tcp</c>.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads LIVEKIT_SIP_URI: <c>host</c>, <c>sip:host</c> or <c>sip:host:5060;transport=tls</c>. The default transport is tcp: Twilio's
    /// own default is udp, and an INVITE with our headers can be too large for one UDP packet. <paramref name="reason"/> follows the
    /// setting's name.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipHost? host, [NotNullWhen(false)] out string? reason)
    {
        var address = (text ?? "").Trim();
        address = address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? address["sip:".Length..] : address;

        reason = address switch
        {
            "" => "is missing",
            _ when address.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) =>
                "must not begin with sips:; write sip:host;transport=tls",
            _ when address.Contains('@', StringComparison.Ordinal) => "must not name a user; the call's id becomes the user",
            _ when address.Contains('?', StringComparison.Ordinal) => "must not carry headers",
            _ when !HostAndParameters().IsMatch(address) => "must be sip:host, optionally with :port and ;transport=udp, tcp or tls",
            _ => null,
        };
        host = reason is null ? new SipHost(Transport().IsMatch(address) ? address : $"{address};transport=tcp") : null;
        return host is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    // Case is spelt out where letters are free: IgnoreCase would take the Kelvin sign for a k.
    [GeneratedRegex(
        @"\A([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
            + @"(;((?i:transport=(udp|tcp|tls))|(?!(?i:transport)\b)[A-Za-z0-9_-]+(=[A-Za-z0-9._~%-]+)?))*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex HostAndParameters();

    [GeneratedRegex(";transport=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Transport();
}
