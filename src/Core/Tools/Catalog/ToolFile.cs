using System.Text.Json;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Core.Tools.Catalog;

/// <summary>
/// Reads the tools' JSON: <c>{"backends": [{"url": "https://…", "tools": [{"name": "bookTeeTime", …}]}]}</c>. What a tool leaves out
/// comes from its backend. Strict: every field that is unknown or wrong is an error with its place.
/// </summary>
public static partial class ToolFile
{
    /// <summary>What an agent may say where neither tool nor backend has a sentence.</summary>
    public const string DefaultSpeakableError = "I am sorry, I cannot do that just now. Please try again a little later.";

    /// <summary>The longest sentence that an agent is given, in characters.</summary>
    public const int MaxSentence = 300;

    private const double LeastDeadline = 0.5;
    private const double MostDeadline = 20;
    private const int MaxBackends = 200;
    private const int MaxTools = 50;
    private const int MaxHeaders = 8;
    private const int LeastKey = 24;
    private const int MostKey = 64;
    private const string SecretPrefix = "whsec_";

    /// <summary>What the gateway sets itself, or what would change the request's form.</summary>
    private static readonly string[] OwnHeaders =
        ["Host", "Connection", "Content-Length", "Content-Type", "Transfer-Encoding", "Expect", "Idempotency-Key", "Accept", "Cookie"];

    /// <summary>How long an agent waits where neither tool nor backend says so.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the table.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="errors">Receives the errors, one sentence each. If there are any, the table is <c>null</c>.</param>
    /// <param name="schemaFault">
    /// What whoever checks by schemas says against one, as the end of a sentence; <c>null</c> where it takes it.
    /// </param>
    public static ToolTable? Parse(string json, ICollection<string> errors, Func<JsonElement, string?> schemaFault)
    {
        var before = errors.Count;
        var tools = new List<Tool>();
        try
        {
            var root = new ToolFields(
                JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }), "", errors);
            foreach (var backend in root.List("backends", MaxBackends))
            {
                tools.AddRange(Backend(backend, schemaFault));
            }

            root.Done();
        }
        catch (JsonException unreadable)
        {
            errors.Add($"tools: not readable at line {unreadable.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            errors.Add("tools: a text holds half a character");
        }

        foreach (var same in tools.GroupBy(tool => (tool.Tenant, tool.Name)).Where(same => same.Key.Name.Length > 0 && same.Count() > 1))
        {
            errors.Add($"tools: {same.Key.Name} is there {same.Count()} times for {same.Key.Tenant ?? "every call"}");
        }

        return errors.Count == before ? new ToolTable(tools) : null;
    }

    private static List<Tool> Backend(ToolFields backend, Func<JsonElement, string?> schemaFault)
    {
        var tenant = backend.Text("tenant", NamePattern.IsMatch, "must be 1 to 64 letters, digits, '_' and '-'");
        var url = Url(backend, "url", isNeeded: true);
        var headers = backend.Texts(
            "headers",
            IsHeader,
            MaxHeaders,
            $"must be at most {MaxHeaders} headers with their texts, and none that the gateway sets itself");
        var key = Key(backend);
        var deadline = backend.Seconds("deadlineSeconds", LeastDeadline, MostDeadline, DefaultDeadline);
        var sentence = Sentence(backend) ?? DefaultSpeakableError;
        var tools = backend.List("tools", MaxTools).Select(tool => One(tool)).ToList();
        backend.Done();
        return tools;

        Tool One(ToolFields tool)
        {
            var name = tool.Text("name", NamePattern.IsMatch, "must be 1 to 64 letters, digits, '_' and '-'", isNeeded: true) ?? "";
            var path = tool.Text("path", PathPattern.IsMatch, "must be a path of letters, digits, '_', '-', '~' and '/'");
            var own = Url(tool, "url", isNeeded: false);
            tool.Wrong("url", own is not null && path is not null ? "and path exclude each other" : null);
            var read = new Tool(name, own ?? Below(url, path ?? name))
            {
                Tenant = tenant,
                Headers = headers,
                SigningKey = key,
                Deadline = tool.Seconds("deadlineSeconds", LeastDeadline, MostDeadline, deadline),
                MayRetry = tool.Flag("mayRetry"),
                Arguments = tool.Schema("arguments", schemaFault),
                Answer = tool.Schema("answer", schemaFault),
                SpeakableError = Sentence(tool) ?? sentence,
                KeepsArguments = tool.Flag("keepArguments"),
            };
            tool.Text("description", text => text.Length <= 1000, "must be a text of at most 1000 characters");
            tool.Done();
            return read;
        }
    }

    /// <summary>
    /// Encrypted, or on this very machine: what agents send is personal, and the backend's key goes with it. Nothing that would be lost
    /// or mean another server when a path is put behind it.
    /// </summary>
    private static Uri? Url(ToolFields fields, string name, bool isNeeded)
    {
        const string Rule = "must be an https URL, or http on 127.0.0.1, without user, query and fragment";
        var text = fields.Text(name, IsUrl, Rule, isNeeded);
        return text is null ? null : new Uri(text);
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 };

    private static Uri Below(Uri? url, string path) =>
        new($"{(url?.AbsoluteUri ?? "https://missing.invalid").TrimEnd('/')}/{path.TrimStart('/')}");

    private static string? Sentence(ToolFields fields) => fields.Text(
        "speakableError",
        text => text.Length is > 0 and <= MaxSentence && !text.Any(char.IsControl),
        $"must be a sentence of at most {MaxSentence} characters");

    private static ReadOnlyMemory<byte>? Key(ToolFields backend)
    {
        var rule = $"must be {SecretPrefix} and {LeastKey} to {MostKey} bytes in base64";
        var text = backend.Text("signingSecret", secret => Bytes(secret) is not null, rule);
        return text is null ? null : Bytes(text);
    }

    private static byte[]? Bytes(string secret)
    {
        Span<byte> bytes = stackalloc byte[MostKey + 2];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var count)
            && count is >= LeastKey and <= MostKey
                ? bytes[..count].ToArray()
                : null;
    }

    private static bool IsHeader(string name, string value) =>
        HeaderPattern.IsMatch(name)
        && !OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("x-voicefunctions-", StringComparison.OrdinalIgnoreCase)
        && value.Length is > 0 and <= 4096
        && value.All(letter => letter is >= ' ' and <= '~')
        && value.Trim() == value;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^/?[A-Za-z0-9_~-]{1,64}(/[A-Za-z0-9_~-]{1,64}){0,7}\z")]
    private static partial Regex PathPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex HeaderPattern { get; }
}
