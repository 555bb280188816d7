namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// The address at one end of a leg, as in Twilio's <c>From</c> and <c>To</c>. Every text is one of the cases; none is refused.
/// Printing one shows a mask, never the address.
/// </summary>
public abstract record CallerAddress
{
    private CallerAddress()
    {
    }

    /// <summary>The number to dial or to show as caller id; <c>null</c> if the address is no number.</summary>
    public PhoneNumber? Dialable => (this as Number)?.Value;

    /// <summary>Reads an address. A missing or empty one is <see cref="Anonymous"/>.</summary>
    public static CallerAddress Parse(string? text)
    {
        var raw = (text ?? "").Trim();
        if (WithheldNumber.IsSpelledIn(raw))
        {
            return new Anonymous();
        }

        if (PhoneNumber.TryParse(raw, out var number))
        {
            return new Number(number);
        }

        if (raw.StartsWith("client:", StringComparison.OrdinalIgnoreCase))
        {
            return new Client(raw["client:".Length..]);
        }

        if (raw.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || raw.StartsWith("sips:", StringComparison.OrdinalIgnoreCase))
        {
            return ParseSip(raw[(raw.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }

        return new Other(raw);
    }

    /// <summary>A number's mask; for any other address, the name of its case.</summary>
    public sealed override string ToString() => this is Number number ? number.Value.ToString() : GetType().Name;

    private static CallerAddress ParseSip(string address)
    {
        var end = address.AsSpan().IndexOfAny(';', '?');
        var withoutParameters = end < 0 ? address : address[..end];
        var at = withoutParameters.LastIndexOf('@');
        var user = at < 0 ? "" : withoutParameters[..at];

        // RFC 3323: sip:anonymous@anonymous.invalid
        return user.Equals("anonymous", StringComparison.OrdinalIgnoreCase)
            ? new Anonymous()
            : new Sip(user, withoutParameters[(at + 1)..]);
    }

    /// <summary>A telephone number.</summary>
    public sealed record Number(PhoneNumber Value) : CallerAddress;

    /// <summary>The caller withheld the number, or the network did not pass it on.</summary>
    public sealed record Anonymous : CallerAddress;

    /// <summary>A Twilio client, <c>client:name</c>.</summary>
    public sealed record Client(string Name) : CallerAddress;

    /// <summary>
    /// A SIP address, <c>sip:user@host</c>; the host has its port if there is one, and no parameters. The user can be empty.
    /// </summary>
    public sealed record Sip(string User, string Host) : CallerAddress;

    /// <summary>Any other text, as received.</summary>
    public sealed record Other(string Raw) : CallerAddress;
}
