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

    /// <summary>The number that the address says: itself, or the user of a SIP address; <c>null</c> if it says none.</summary>
    public PhoneNumber? NamedNumber => (this as Number)?.Value ?? (this as Sip)?.Named;

    /// <summary>
    /// The address in one line: a number in E.164, else as it was given, without the parameters, port and password of a SIP address;
    /// <c>null</c> where it was withheld. Personal data.
    /// </summary>
    public string? Text => this switch
    {
        Number number => number.Value.E164,
        Client client => $"client:{client.Name}",
        Sip sip => $"sip:{sip.User}@{sip.Host}",
        Other other => other.Raw,
        _ => null,
    };

    /// <summary>Reads an address. A missing or empty one is <see cref="Anonymous"/>.</summary>
    /// <param name="text">The address as Twilio or LiveKit gave it.</param>
    /// <param name="numbers">Reads numbers; <see cref="NumberReader.International"/> where it is left out.</param>
    public static CallerAddress Parse(string? text, NumberReader? numbers = null) => Parse(text, numbers, canBeWithheld: true);

    /// <summary>Reads the address that was called: one that is spelt as withheld ones are is a user of that name.</summary>
    public static CallerAddress ParseCalled(string? text, NumberReader? numbers = null) => Parse(text, numbers, canBeWithheld: false);

    /// <summary>
    /// Whether calls to an address may be calls to a number: it says the number, or all of its digits without the plus, as some trunks do.
    /// </summary>
    public static bool MayBe(string? text, PhoneNumber number) =>
        Parse(text).NamedNumber == number || AddressText.Of(text ?? "").User == number.E164[1..];

    private static CallerAddress Parse(string? text, NumberReader? numbers, bool canBeWithheld)
    {
        var raw = (text ?? "").Trim();
        if (raw.StartsWith("client:", StringComparison.OrdinalIgnoreCase))
        {
            return new Client(raw["client:".Length..]);
        }

        var parts = AddressText.Of(raw);
        if (raw.Length == 0 || (canBeWithheld && WithheldNumber.Is(parts)))
        {
            return new Anonymous();
        }

        (numbers ?? NumberReader.International).TryRead(parts.User, parts.Context, out var number);
        return (parts.IsSip, number) switch
        {
            (true, _) => new Sip(parts.User, parts.Host) { Named = number },
            (_, { } read) => new Number(read),
            _ => new Other(raw),
        };
    }

    /// <summary>A number's mask; for any other address, the name of its case.</summary>
    public sealed override string ToString() => this is Number number ? number.Value.ToString() : GetType().Name;

    /// <summary>A telephone number.</summary>
    public sealed record Number(PhoneNumber Value) : CallerAddress;

    /// <summary>The caller withheld the number, or the network did not pass it on.</summary>
    public sealed record Anonymous : CallerAddress;

    /// <summary>A Twilio client, <c>client:name</c>.</summary>
    public sealed record Client(string Name) : CallerAddress;

    /// <summary>
    /// A SIP address, <c>sip:user@host</c>; the host has its port if that is not SIP's own, and no parameters. The user can be empty.
    /// </summary>
    public sealed record Sip(string User, string Host) : CallerAddress
    {
        /// <summary>The number that the user is; <c>null</c> if it is none.</summary>
        public PhoneNumber? Named { get; init; }
    }

    /// <summary>Any other text, as received.</summary>
    public sealed record Other(string Raw) : CallerAddress;
}
