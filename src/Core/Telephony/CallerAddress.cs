namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// Who is at one end of a leg, as Twilio's <c>From</c> and <c>To</c> write it. Everything is one of these; nothing is refused.
/// Printing one shows a mask, never the address.
/// </summary>
public abstract record CallerAddress
{
    private CallerAddress()
    {
    }

    /// <summary>The number to dial or to show as caller id; <c>null</c> where there is none.</summary>
    public PhoneNumber? Dialable => (this as Number)?.Value;

    /// <summary>Reads an address; an absent or empty one is <see cref="Anonymous"/>.</summary>
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

    /// <summary>The kind of address, and of a number its mask.</summary>
    public sealed override string ToString() => this is Number number ? number.Value.ToString() : GetType().Name;

    private static CallerAddress ParseSip(string address)
    {
        var end = address.AsSpan().IndexOfAny(';', '?');
        var withoutParameters = end < 0 ? address : address[..end];
        var at = withoutParameters.LastIndexOf('@');
        var user = at < 0 ? "" : withoutParameters[..at];

        // RFC 3323: sip:anonymous@anonymous.invalid
        return user.Equals("anonymous", StringComparison.OrdinalIgnoreCase) ? new Anonymous() : new Sip(user, withoutParameters[(at + 1)..]);
    }

    /// <summary>A telephone number.</summary>
    public sealed record Number(PhoneNumber Value) : CallerAddress;

    /// <summary>The caller withheld the number, or the network lost it.</summary>
    public sealed record Anonymous : CallerAddress;

    /// <summary>A Twilio client, <c>client:name</c>.</summary>
    public sealed record Client(string Name) : CallerAddress;

    /// <summary>A SIP address, <c>sip:user@host</c>; the host with its port if it has one, without parameters. The user may be empty.</summary>
    public sealed record Sip(string User, string Host) : CallerAddress;

    /// <summary>Anything else, as it came.</summary>
    public sealed record Other(string Raw) : CallerAddress;
}
