using System.Text;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings.Services;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Finds the single change under which a refused request would have been Twilio's: another scheme, host, port, slash, prefix or query in
/// the signed URL, the body as it was before something wrote it anew, or another account's token. A pure function of bounded work.
/// </summary>
public static class TwilioDiagnosis
{
    private static readonly string[] HostHeaders = ["Host", "X-Forwarded-Host", "X-Original-Host", "DISGUISED-HOST"];
    private static readonly string[] PrefixHeaders = ["X-Forwarded-Prefix", "X-Script-Name"];
    private static readonly string[] PathHeaders = ["X-Original-URL", "X-Original-URI", "X-Forwarded-Uri", "X-Rewrite-URL"];
    private static readonly string[] UsualPorts = ["80", "443", "3000", "5000", "7071", "8000", "8080", "8443"];

    /// <summary>Looks into a request that was refused.</summary>
    /// <param name="request">The request with its body.</param>
    /// <param name="publicUrl">PUBLIC_URL.</param>
    /// <param name="accounts">The accounts whose calls are taken.</param>
    public static SignatureDiagnosis Of(GatewayRequest request, string publicUrl, IReadOnlyList<TwilioAccount> accounts)
    {
        var form = TwilioForm.Parse(request.Body.Span);
        var isOurs = TwilioKeys.Of(accounts).TryFind(form, out var tokens);
        var trial = new Trial(request.Header(TwilioSignature.HeaderName) ?? "", tokens);
        var url = TwilioSignedUrl.Of(publicUrl);
        var target = request.RawTarget.Split('#')[0];

        if (!isOurs && trial.Signs(url, target, form))
        {
            return new SignatureDiagnosis(
                SignatureChange.Key,
                "key: signed with a token of ours for an account that is not in the settings; add it to TWILIO_ACCOUNTS",
                IsProven: true);
        }

        foreach (var (change, sentence, candidate, candidateTarget) in Urls(url, target, request))
        {
            if (trial.Signs(candidate, candidateTarget, form))
            {
                return new SignatureDiagnosis(change, sentence, IsProven: true);
            }
        }

        if (TwilioBodyHash.IsNamed(request.RawQuery))
        {
            return trial.Signs(url, target, TwilioForm.Empty)
                ? new SignatureDiagnosis(SignatureChange.Body, "body: its bytes are not those whose hash Twilio signed", IsProven: true)
                : Nothing(isOurs);
        }

        foreach (var (sentence, body) in Bodies(request.Body.Span.ToArray()))
        {
            if (trial.Signs(url, target, TwilioForm.Parse(body)))
            {
                return new SignatureDiagnosis(SignatureChange.Body, sentence, IsProven: true);
            }
        }

        return accounts.Any(account =>
            new Trial(trial.Signature, [.. account.AuthTokens.Select(Encoding.UTF8.GetBytes)]).Signs(url, target, form))
            ? new SignatureDiagnosis(
                SignatureChange.Key,
                "key: signed with the auth token of another account of the settings than the form's",
                IsProven: true)
            : Nothing(isOurs);
    }

    private static SignatureDiagnosis Nothing(bool isOurs) => new(
        SignatureChange.None,
        isOurs
            ? "no single change would do, so most likely another key: the account's auth token was replaced, or is the one of another "
                + "region; or it was not Twilio"
            : "key: the form's account is not in the settings, and a subaccount signs with a token of its own; add it to TWILIO_ACCOUNTS",
        IsProven: false);

    private static IEnumerable<(SignatureChange Change, string Sentence, TwilioSignedUrl Url, string Target)> Urls(
        TwilioSignedUrl url, string target, GatewayRequest request)
    {
        var isSecure = url.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        yield return (
            SignatureChange.Scheme,
            $"scheme: Twilio called {(isSecure ? "http" : "https")}, and PUBLIC_URL says {(isSecure ? "https" : "http")}",
            url with { Scheme = isSecure ? "http" : "https" },
            target);

        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0
            ? (target[..mark], target[mark..])
            : (target, "");
        yield return (
            SignatureChange.TrailingSlash,
            "trailing slash: Twilio signed the path " + (path.EndsWith('/') ? "without the slash" : "with a slash") + " at its end",
            url,
            (path.EndsWith('/') ? path.TrimEnd('/') : $"{path}/") + query);

        var told = PrefixHeaders.Select(request.Header).OfType<string>().Select(text => $"/{text.Trim('/')}")
            .Concat(PathHeaders.Select(request.Header).Select(text => PrefixIn(text, path)).OfType<string>());
        foreach (var prefix in told.Append("").Append("/api"))
        {
            yield return (
                SignatureChange.PathPrefix,
                prefix.Length == 0
                    ? "path prefix: Twilio called without the path prefix that PUBLIC_URL has"
                    : "path prefix: Twilio called with another path before the route's than PUBLIC_URL has",
                url with { Path = prefix },
                target);
        }

        yield return (
            SignatureChange.PathPrefix,
            "path prefix: Twilio called with two slashes before the route's path, of which something on the way made one",
            url with { Path = $"{url.Path}/" },
            target);

        if (query.Length > 0)
        {
            yield return (SignatureChange.Query, "query: Twilio signed none; something on the way added one", url, path);
        }

        foreach (var port in UsualPorts.Append(request.Header("X-Forwarded-Port")?.Trim()).OfType<string>())
        {
            yield return (SignatureChange.Port, "port: Twilio called another port than PUBLIC_URL has", url with { Port = port }, target);
        }

        foreach (var name in HostHeaders)
        {
            if (request.Header(name) is { Length: > 0 and < 256 } header)
            {
                var colon = header.LastIndexOf(':');
                var (host, port) = colon > header.LastIndexOf(']') ? (header[..colon], header[(colon + 1)..]) : (header, null);
                var isSame = host.Equals(url.Host, StringComparison.OrdinalIgnoreCase);
                yield return (
                    isSame ? SignatureChange.Port : SignatureChange.Host,
                    isSame
                        ? $"port: Twilio called the port that the header {name} names, and PUBLIC_URL has another"
                        : $"host: Twilio called the host that the header {name} names, and PUBLIC_URL has another",
                    url with { Host = host, Port = port },
                    target);
            }
        }
    }

    /// <summary>
    /// What stands before the route's path in the path or URL that a proxy says it was asked for; <c>null</c> for nothing.
    /// </summary>
    private static string? PrefixIn(string? asked, string path)
    {
        var whole = asked?.Split('?')[0];
        whole = Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsolutePath : whole;
        return whole?.StartsWith('/') == true && whole.Length > path.Length && whole.EndsWith(path, StringComparison.Ordinal)
            ? whole[..^path.Length]
            : null;
    }

    /// <summary>The body as it may have been before something on the way wrote it anew.</summary>
    private static IEnumerable<(string Sentence, byte[] Body)> Bodies(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        yield return ("body: Twilio signed none; something on the way added it, or made a GET a POST", []);
        yield return (
            "re-encoded body: something on the way wrote a plus for the escape %2B",
            Encoding.Latin1.GetBytes(text.Replace("+", "%2B", StringComparison.Ordinal)));
        yield return (
            "re-encoded body: something on the way escaped it twice",
            Encoding.Latin1.GetBytes(text.Replace("%25", "%", StringComparison.OrdinalIgnoreCase)));
        yield return (
            "re-encoded body: something on the way changed the line ends",
            Encoding.Latin1.GetBytes(text.Replace("%0D%0A", "%0A", StringComparison.OrdinalIgnoreCase)));
        yield return (
            "re-encoded body: something on the way changed the line ends",
            Encoding.Latin1.GetBytes(text.Replace("%0A", "%0D%0A", StringComparison.OrdinalIgnoreCase)));
        yield return ("re-encoded body: something on the way added a line end", Encoding.Latin1.GetBytes(text.TrimEnd('\r', '\n')));
        yield return ("re-encoded body: something on the way read its UTF-8 as Latin-1", Misread(text));
    }

    /// <summary>Undoes what happens to text in UTF-8 that is read as Latin-1 and written as UTF-8 again.</summary>
    private static byte[] Misread(string text)
    {
        var fields = TwilioForm.Parse(Encoding.Latin1.GetBytes(text)).Fields;
        var body = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            body.Append(body.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=');
            foreach (var once in Encoding.Latin1.GetBytes(value))
            {
                body.Append('%').Append(once.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return Encoding.ASCII.GetBytes(body.ToString());
    }

    /// <summary>Compares one signature with what the tokens sign.</summary>
    private sealed record Trial(string Signature, byte[][] Tokens)
    {
        public bool Signs(TwilioSignedUrl url, string target, TwilioForm form)
        {
            var fields = new byte[form.MaxSignedLength];
            var length = form.WriteSigned(fields);
            return url.Prefixes.Any(prefix =>
            {
                byte[] message = [.. prefix, .. Encoding.UTF8.GetBytes(target), .. fields.AsSpan(0, length)];
                return Array.Exists(Tokens, token => TwilioSignature.IsSignature(Signature, token, message));
            });
        }

        /// <inheritdoc/>
        public override string ToString() => nameof(Trial);
    }
}
