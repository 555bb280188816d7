using System.Buffers;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>Connects the caller to LiveKit over SIP. The caller hears ringback until LiveKit answers.</summary>
public sealed record DialSip
{
    private const int MaxUriLength = 254;
    private const int MaxHeadersLength = 1023;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly SearchValues<char> UserCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+");

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)]);

    private static readonly string[] OtherHeaders = ["User-to-User", "Remote-Party-ID", "P-Preferred-Identity", "P-Called-Party-ID"];

    /// <summary>Checks what Twilio would otherwise refuse at the time of the call.</summary>
    /// <param name="host">LiveKit's SIP host.</param>
    /// <param name="user">The user part, which becomes the called number at LiveKit: letters, digits and <c>- _ . ~ +</c>.</param>
    /// <param name="headers">
    /// SIP headers of the INVITE in this order; names as Twilio passes them on (<c>X-…</c>), values of any text.
    /// Control characters are dropped.
    /// </param>
    /// <param name="timeout">How long LiveKit may ring, in whole seconds; clamped to Twilio's range of 5 to 600 s.</param>
    /// <param name="timeLimit">How long the call may last, in whole seconds; clamped to Twilio's range of 1 to 14,400 s.</param>
    /// <param name="action">The absolute URL that Twilio requests when the Dial has ended.</param>
    /// <param name="statusCallback">The absolute URL that receives a status callback for each step of the dialled leg.</param>
    /// <exception cref="ArgumentException">
    /// A user or header name with other characters, a URI of 255 characters or more, headers of 1,024 or more,
    /// or a URL that is not absolute.
    /// </exception>
    public DialSip(
        SipHost host,
        string user,
        IEnumerable<KeyValuePair<string, string>> headers,
        TimeSpan timeout,
        TimeSpan timeLimit,
        string action,
        string statusCallback)
    {
        if (user.Length == 0 || user.AsSpan().ContainsAnyExcept(UserCharacters))
        {
            throw new ArgumentException("The SIP user must be letters, digits and - _ . ~ + only.", nameof(user));
        }

        var address = $"sip:{user}@{host.Value}";
        if (address.Length > MaxUriLength)
        {
            throw new ArgumentException(
                $"The SIP URI must stay under {MaxUriLength + 1} characters; it has {address.Length}.",
                nameof(host));
        }

        var query =
            string.Join('&', headers.Select(header => $"{RequireName(header.Key)}={Uri.EscapeDataString(WithoutControls(header.Value))}"));
        if (query.Length > MaxHeadersLength)
        {
            throw new ArgumentException(
                $"The SIP headers must stay under {MaxHeadersLength + 1} characters; they have {query.Length}.",
                nameof(headers));
        }

        SipUri = query.Length == 0 ? address : $"{address}?{query}";
        TimeoutSeconds = (int)Math.Clamp(timeout.TotalSeconds, 5, 600);
        TimeLimitSeconds = (int)Math.Clamp(timeLimit.TotalSeconds, 1, 14_400);
        Action = AbsoluteUrl.Require(action, nameof(action));
        StatusCallback = AbsoluteUrl.Require(statusCallback, nameof(statusCallback));
    }

    /// <summary>The whole SIP URI with its headers.</summary>
    public string SipUri { get; }

    /// <summary>The ring timeout in seconds, 5 to 600.</summary>
    public int TimeoutSeconds { get; }

    /// <summary>The longest call in seconds, 1 to 14,400.</summary>
    public int TimeLimitSeconds { get; }

    /// <summary>The URL that Twilio requests when the Dial has ended.</summary>
    public string Action { get; }

    /// <summary>The URL that receives a status callback for each step of the dialled leg.</summary>
    public string StatusCallback { get; }

    /// <summary>The user name and password of LiveKit's inbound trunk; <c>null</c> if the trunk has none.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>The SIP URI without the headers, because the headers can contain phone numbers.</summary>
    public override string ToString() => SipUri.Split('?')[0];

    private static string RequireName(string name) =>
        !name.AsSpan().ContainsAnyExcept(NameCharacters)
        && (name.Length > 2 && name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
            || OtherHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? name
            : throw new ArgumentException(
                $"Twilio passes on only X- headers and {string.Join(", ", OtherHeaders)}, not '{name}'.", nameof(name));

    private static string WithoutControls(string value) =>
        value.AsSpan().ContainsAny(Controls) ? string.Concat(value.Where(character => !char.IsControl(character))) : value;
}
