using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.EndToEnd;

/// <summary>The gateway under test, started by the command that the user gave and ended with this object.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string Key = "a-key-of-the-end-to-end-calls";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly HttpClient http;

    private GatewayProcess(Process process, Uri address)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { DiagnosticsAccess.HeaderName, Key } } };
    }

    /// <summary>Starts the command with these settings in its environment and waits until the gateway and what it stands on answer.</summary>
    public static async Task<GatewayProcess> StartAsync(IReadOnlyList<string> command, Uri address, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment[SettingNames.DiagnosticsKey] = Key;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayProcess(Process.Start(start)!, address);
        for (var waited = TimeSpan.Zero; await gateway.StatusAsync("readyz", cancellationToken) != HttpStatusCode.OK; waited += Look)
        {
            if (waited > StartsWithin || gateway.process.HasExited)
            {
                await gateway.DisposeAsync();
                throw new TimeoutException("The gateway did not start.");
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        return gateway;
    }

    /// <summary>Where the gateway says that the call of a room stands; what went wrong where it does not say.</summary>
    public async Task<string> StatusOfAsync(string room, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"calls?room={Uri.EscapeDataString(room)}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["status"]!.GetValue<string>()
            : $"HTTP {(int)response.StatusCode}";
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task<HttpStatusCode?> StatusAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
