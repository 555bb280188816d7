using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace VoiceFunctions.Testing;

/// <summary>
/// A real storage service for the tests: Azurite in a process of its own, in memory, on free ports of 127.0.0.1. It ends with the fixture,
/// and also when the test process dies. Tables alone, unless it <see cref="HasQueuesAndBlobs"/>.
/// </summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    // The account and key that every Azurite has by its documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Its standard input ends when we do, however we end, and Azurite with it.
    private string Script =>
        "process.argv.splice(1, 0, 'azurite'); process.stdin.on('end', () => process.exit()).resume(); "
        + $"require('azurite/dist/src/{(HasQueuesAndBlobs ? "azurite" : "table/main")}');";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("azurite-");
    private Process? process;
    private int port;
    private int queuePort;
    private int blobPort;
    private int tables;

    /// <summary>What opens the table service.</summary>
    public string ConnectionString => ConnectionStringThrough(Url);

    /// <summary>Names of accounts that it has beside the usual one.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Where the tables are.</summary>
    public Uri Url => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What opens the table service by way of somebody who passes everything on to it.</summary>
    public static string ConnectionStringThrough(Uri url) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={url.GetLeftPart(UriPartial.Authority)}/"
        + $"{Account};";

    /// <summary>What opens all three services of one of the <see cref="Accounts"/>.</summary>
    public string AccountOf(string name) => FormattableString.Invariant(
        $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key};TableEndpoint=http://127.0.0.1:{port}/{name};")
        + FormattableString.Invariant(
            $"QueueEndpoint=http://127.0.0.1:{queuePort}/{name};BlobEndpoint=http://127.0.0.1:{blobPort}/{name};");

    /// <summary>
    /// Whether it keeps partitions apart as the real service does, for tables of many thousand rows, with which it gets slow otherwise.
    /// </summary>
    public bool KeepsPartitions { get; init; }

    /// <summary>Whether it serves queues and blobs beside the tables.</summary>
    public bool HasQueuesAndBlobs { get; init; }

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
        (port, queuePort, blobPort) = (Ports.Free(), Ports.Free(), Ports.Free());
        var start = new ProcessStartInfo("node", [
            "-e",
            (KeepsPartitions ? $"require('{Repository.PathOf("tests", "Testing", "azurite-partitions.cjs")}'); " : "") + Script,
            "--",
            .. Arguments(),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
            Environment =
            {
                ["NODE_PATH"] = Repository.PathOf("tests", "oracles", "node_modules"),
                ["AZURITE_ACCOUNTS"] = string.Join(';', ((string[])[Account, .. Accounts]).Select(name => $"{name}:{Key}")),
            },
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The tables are the last of all to say so.
            if (line.Contains("Table service", StringComparison.Ordinal) && line.Contains("success", StringComparison.Ordinal))
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

    private string[] Arguments()
    {
        string[] tables =
        [
            "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--tableHost", "127.0.0.1", "--tablePort",
            Text(port),
        ];
        return HasQueuesAndBlobs
            ? [
                .. tables, "--queueHost", "127.0.0.1", "--queuePort", Text(queuePort), "--blobHost", "127.0.0.1", "--blobPort",
                Text(blobPort),
            ]
            : tables;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
