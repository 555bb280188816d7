namespace VoiceFunctions.Core.Telephony;

/// <summary>The parts of a written address: <c>sip:user@host</c>, <c>tel:number</c>, or the bare user that LiveKit sends.</summary>
/// <param name="Scheme">The scheme in lower case; empty where there is none.</param>
/// <param name="User">The user or number, without parameters, password and escapes.</param>
/// <param name="Host">The host in lower case with its port, where that is not SIP's own; empty where there is none.</param>
/// <param name="Context">RFC 3966's <c>phone-context</c> of the user; <c>null</c> where there is none.</param>
internal readonly record struct AddressText(string Scheme, string User, string Host, string? Context)
{
    private static readonly string[] Schemes = ["sip", "sips", "tel"];

    /// <summary>Whether it is an address of SIP's, written with its scheme or without.</summary>
    public bool IsSip => Scheme is "sip" or "sips" || Host.Length > 0;

    /// <summary>What a route can name it by, the most exact first; the case of a user counts, that of a host does not.</summary>
    public IEnumerable<string> Names => Host.Length > 0 ? [$"sip:{User}@{Host}", User] : [User];

    /// <summary>Reads a text; each has its parts.</summary>
    public static AddressText Of(string text)
    {
        var address = WithoutName(text.Trim());
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 && Array.Find(Schemes, known => address.AsSpan(0, colon).Equals(known, StringComparison.OrdinalIgnoreCase))
            is { } found ? found : "";
        var rest = scheme.Length > 0 ? address[(colon + 1)..] : address;
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (scheme is "sip" or "sips" && at < 0 && !IsUserAlone(Until(rest, ';', '?')))
        {
            return new AddressText(scheme, "", HostOf(rest), null);
        }

        var (user, host) = at < 0 ? (Until(rest, '?'), "") : (rest[..at], HostOf(rest[(at + 1)..]));
        var parameters = user.Split(';');
        var name = scheme is "sip" or "sips" || host.Length > 0 ? Uri.UnescapeDataString(Until(parameters[0], ':')) : parameters[0];
        return new AddressText(scheme, name.Trim(), host, ContextOf(parameters));
    }

    /// <summary>The address between the angle brackets of <c>"Name" &lt;sip:user@host&gt;</c>.</summary>
    private static string WithoutName(string text)
    {
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        return open >= 0 && close > open ? text[(open + 1)..close].Trim() : text;
    }

    /// <summary>Some gateways write <c>sip:1001</c>; no host consists of digits.</summary>
    private static bool IsUserAlone(string text) => NumberReader.AreDigits(text.StartsWith('+') ? text[1..] : text);

    private static string HostOf(string text)
    {
        // Hosts are compared without regard to case, and SIP writes them in lower case.
#pragma warning disable CA1308
        var host = Until(text, ';', '?').Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return host.EndsWith(":5060", StringComparison.Ordinal) ? host[..^5] : host;
    }

    private static string? ContextOf(string[] parameters) =>
        Array.Find(parameters, one => one.StartsWith("phone-context=", StringComparison.OrdinalIgnoreCase))?["phone-context=".Length..];

    private static string Until(string text, params ReadOnlySpan<char> ends) =>
        text.AsSpan().IndexOfAny(ends) is >= 0 and var end ? text[..end] : text;
}
