using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace VoiceFunctions.Testing;

/// <summary>
/// A real table service for the tests: Azurite in a process of its own, in memory, on a free port of 127.0.0.1. It ends with the fixture, and also
/// when the test process dies.
/// </summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    // The account and key that every Azurite has by its documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Its standard input ends when we do, however we end, and Azurite with it.
    private const string Script =
        "process.argv.splice(1, 0, 'azurite-table'); process.stdin.on('end', () => process.exit()).resume(); require('azurite/dist/src/table/main');";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("azurite-");
    private Process? process;
    private int port;
    private int tables;

    /// <summary>What opens the table service.</summary>
    public string ConnectionString => ConnectionStringThrough(Url);

    /// <summary>Where it listens.</summary>
    public Uri Url => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What opens the table service by way of somebody who passes everything on to it.</summary>
    public static string ConnectionStringThrough(Uri url) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={url.GetLeftPart(UriPartial.Authority)}/{Account};";

    /// <summary>Whether it keeps partitions apart as the real service does, for tables of many thousand rows, with which it gets slow otherwise.</summary>
    public bool KeepsPartitions { get; init; }

    /// <summary>A table name that no other test of this process has.</summary>
    public string NewTableName() => $"calls{Interlocked.Increment(ref tables)}";

    /// <summary>Starts it and waits until it answers.</summary>
    public async ValueTask InitializeAsync()
    {
        for (var attempt = 1; !await StartAsync(); attempt++)
        {
            if (attempt == 5)
            {
                throw new InvalidOperationException("Azurite did not start; did 'npm ci' run in tests/oracles?");
            }
        }
    }

    /// <summary>SIGSTOP: it takes connections and answers nothing.</summary>
    public void Pause() => Signal("-STOP");

    /// <summary>SIGCONT: it goes on where it stood.</summary>
    public void Resume() => Signal("-CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited)
            {
                Resume();
            }

            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }

            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Tries one port; somebody else may take it between the look and the listening.</summary>
    private async Task<bool> StartAsync()
    {
        port = FreePort();
        var start = new ProcessStartInfo("node", ["-e", (KeepsPartitions ? $"require('{Repository.PathOf("tests", "Testing", "azurite-partitions.cjs")}'); " : "") + Script, "--", .. Arguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
            Environment = { ["NODE_PATH"] = Repository.PathOf("tests", "oracles", "node_modules") },
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("successfully started", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return true;
            }
        }

        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        return false;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process!.Id}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException("Azurite has ended.");
        }
    }

    private string[] Arguments() =>
    [
        "--inMemoryPersistence",
        "--silent",
        "--disableTelemetry",
        "--skipApiVersionCheck",
        "--tableHost", "127.0.0.1",
        "--tablePort", port.ToString(CultureInfo.InvariantCulture),
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
