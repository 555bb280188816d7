using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.EndToEnd;

/// <summary>The gateway under test, started by the command that the user gave and ended with this object.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    internal const string Key = "a-key-of-the-end-to-end-calls";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Process process;

    private GatewayUnderTest(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { { DiagnosticsAccess.HeaderName, Key } },
        };
    }

    /// <summary>Asks the gateway, with its diagnostics key.</summary>
    public HttpClient Http { get; }

    /// <summary>
    /// Starts the command with these settings in its environment and waits until the gateway and what it stands on answer.
    /// </summary>
    public static async Task<GatewayUnderTest> StartAsync(
        IReadOnlyList<string> command, Uri address, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment[SettingNames.DiagnosticsKey] = Key;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayUnderTest(Process.Start(start)!, address);
        var isReady = false;
        try
        {
            await gateway.UntilReadyAsync(cancellationToken);
            isReady = true;
            return gateway;
        }
        finally
        {
            if (!isReady)
            {
                await gateway.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Every promise to the call of a room that the gateway's own proof does not say was kept; it has a while to finish what is under way.
    /// </summary>
    public async Task<IReadOnlyList<string>> UnprovenAsync(string room, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            var open = await OpenPromisesAsync(room, cancellationToken);
            if (open.Count == 0 || waited > ClosesWithin)
            {
                return open;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; await StatusAsync("readyz", cancellationToken) != HttpStatusCode.OK; waited += Look)
        {
            if (process.HasExited)
            {
                throw new TimeoutException($"The gateway ended with {process.ExitCode}.");
            }

            if (waited > StartsWithin)
            {
                throw new TimeoutException($"The gateway was not ready after {StartsWithin}.");
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> OpenPromisesAsync(string room, CancellationToken cancellationToken)
    {
        var (status, record) = await GetAsync($"calls?room={Uri.EscapeDataString(room)}", cancellationToken);
        if (record is null)
        {
            return [$"the call's record is HTTP {status}"];
        }

        (status, var proof) = await GetAsync($"calls/{(string?)record["callId"]}/proof", cancellationToken);
        return proof is null
            ? [$"the call's proof is HTTP {status}"]
            : [.. proof["promises"]!.AsArray()
                .Where(promise => (string?)promise!["answer"] != "yes")
                .Select(promise => $"{promise!["name"]} {promise["answer"]}: {promise["text"]}")];
    }

    private async Task<(int Status, JsonNode? Json)> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return ((int)response.StatusCode, response.IsSuccessStatusCode
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))
            : null);
    }

    private async Task<HttpStatusCode?> StatusAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
