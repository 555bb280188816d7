using System.Collections.Frozen;
using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Console;

/// <summary>Serves the console's page and its files. They hold no data: what they show they ask for with the operator's key.</summary>
/// <param name="route">The page itself, or its files.</param>
/// <param name="key">
/// The operator's key that the page is given; <c>null</c> where its user has to bring it. Only a browser on this machine gets it.
/// </param>
internal sealed class ConsolePageHandler(GatewayRoute route, string? key) : IGatewayHandler
{
    private const string Index = "index.html";
    private const string NoKey = "<meta name=\"console-key\" content=\"\">";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly FrozenDictionary<string, byte[]> Files = Read();

    /// <summary>Nothing from elsewhere, nothing inline, and in nobody's frame.</summary>
    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'"),
        new("Referrer-Policy", "no-referrer"),
    ];

    /// <inheritdoc/>
    public GatewayRoute Route => route;

    /// <inheritdoc/>
    public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (route == GatewayRoutes.ConsolePage && request.RawPath.EndsWith('/'))
        {
            // The page finds its files beside its own address.
            return ValueTask.FromResult(new GatewayResponse(308, null, ReadOnlyMemory<byte>.Empty) { Location = "../console" });
        }

        var name = route == GatewayRoutes.ConsolePage ? Index : route.ParameterOf(request.RawPath);
        if (!Files.TryGetValue(name, out var file))
        {
            return ValueTask.FromResult(Problem.UnknownRoute);
        }

        if (name == Index && key is not null && IsFromThisMachine(request))
        {
            file = Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(file).Replace(NoKey, NoKey.Insert(NoKey.Length - 2, key), StringComparison.Ordinal));
        }

        return ValueTask.FromResult(new GatewayResponse(200, Types[Path.GetExtension(name)], file) { Headers = Headers });
    }

    /// <summary>
    /// Whether the page was asked for under a name of this machine itself and no proxy was in between, so that no web page can have it
    /// under a name of its own.
    /// </summary>
    private static bool IsFromThisMachine(GatewayRequest request) =>
        Uri.TryCreate($"http://{request.Header("Host")}", UriKind.Absolute, out var host)
        && host is { IsLoopback: true, UserInfo: "" }
        && request.Header("Forwarded") is null
        && request.Header("X-Forwarded-For") is null;

    private static FrozenDictionary<string, byte[]> Read()
    {
        var assembly = typeof(ConsolePageHandler).Assembly;
        const string Folder = "console/";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Folder.Length..],
                name =>
                {
                    using var file = assembly.GetManifestResourceStream(name)!;
                    var bytes = new byte[file.Length];
                    file.ReadExactly(bytes);
                    return bytes;
                },
                StringComparer.Ordinal);
    }
}
