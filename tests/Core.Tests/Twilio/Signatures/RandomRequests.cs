using System.Text;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>Requests that Twilio could send, and stranger ones. The same seed makes the same requests.</summary>
internal sealed class RandomRequests(int seed)
{
    private static readonly string[] Words =
    [
        "CallSid", "From", "To", "a", "B", "_", "é", "日本", "😀", "\uFF21", "\uE000", "x y", "1", "10", "2", "+1 555", "100%",
        "a=b&c", "'\"<>", " ", "",
    ];

    private readonly Random random = new(seed);

    public sealed record Sample(
        string PublicUrl, string SignedBase, string Target, IReadOnlyList<KeyValuePair<string, string>> Fields, byte[] Body)
    {
        public string SignedUrl => SignedBase + Target;

        /// <summary>The fields in the format of the vendor's library: a repeated name has a list of values.</summary>
        public Dictionary<string, object> Parameters => Fields
            .GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group =>
                group.Count() == 1 ? (object)group.First().Value : group.Select(entry => entry.Value).ToArray());
    }

    public Sample Next()
    {
        var isHttps = random.Next(4) > 0;
        var scheme = isHttps ? "https://" : "http://";
        var host = Pick("voice.example.com", "MyCompany.com", "127.0.0.1", "[::1]", "xn--mnchen-3ya.example");
        var standardPort = isHttps ? ":443" : ":80";
        var port = Pick("", "", standardPort, ":8443");
        var prefix = Pick("", "", "/calls", "/a/b%20c");
        var signedPort = Pick(port, port.Length == 0 ? standardPort : "");

        KeyValuePair<string, string>[] fields = random.Next(10) == 0
            ? []
            : [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => KeyValuePair.Create(Name(), Text()))];
        return new Sample(
            scheme + Pick("", "", "user:pass@") + host + port + prefix + Pick("", "/"),
            scheme + host + signedPort + prefix,
            $"/{Pick("", "twilio/voice", "twilio/status/")}"
                + $"{Pick("", "", "?code=ab%2Fcd%3d%3D", "?a=1&a=2&b", "?it's=%C3%a9+x", "?", "?é=😀")}",
            fields,
            Encode(fields));
    }

    /// <summary>The text with one character changed.</summary>
    public string Mutate(string text, string alphabet)
    {
        var at = random.Next(text.Length);
        char replacement;
        do
        {
            replacement = alphabet[random.Next(alphabet.Length)];
        }
        while (replacement == text[at]);

        return $"{text[..at]}{replacement}{text[(at + 1)..]}";
    }

    /// <summary>The bytes with one byte changed.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        var mutated = bytes.ToArray();
        mutated[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return mutated;
    }

    public string Text() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Words)));

    // The vendor's library reads the fields as properties of an object, so a field needs a name.
    private string Name() => Text() is { Length: > 0 } name ? name : "Digits";

    // A browser's encoding, RFC 3986, or lower-case escapes: a receiver must read all three the same.
    private byte[] Encode(KeyValuePair<string, string>[] fields)
    {
        var body = Encoding.UTF8.GetString(TwilioForm.Encode(fields));
        return Encoding.ASCII.GetBytes(random.Next(3) switch
        {
            0 => body.Replace("%20", "+", StringComparison.Ordinal),
            1 => Regex.Replace(body, "%..", escape => escape.Value.ToLowerInvariant()),
            _ => body,
        });
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
