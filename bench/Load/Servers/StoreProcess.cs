using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>A store of one contestant, on the servers' core too, with data of its own that is deleted at its end.</summary>
internal sealed class StoreProcess : IDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-store-");
    private ChildProcess? process;

    /// <summary>The settings that lead to it.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Its process, if it is one of its own.</summary>
    public int? ProcessId => process?.Id;

    /// <summary>How many requests it has written down; only Azurite does.</summary>
    public int Requests => process?.Lines ?? 0;

    /// <summary>
    /// The bytes that came to it and went from it, with HTTP's headers: what Linux says that its process read and wrote, without the lines
    /// that it wrote down. Azurite keeps its tables in memory, so nothing else is in that.
    /// </summary>
    public StoreBytes Bytes
    {
        get
        {
            var (read, written) = process is null ? default : Machine.BytesOf(process.Id);
            return new StoreBytes(read, written - (process?.LineBytes ?? 0));
        }
    }

    /// <summary>Starts a store; in memory there is nothing to start.</summary>
    public static async Task<StoreProcess> StartAsync(Store store)
    {
        var started = new StoreProcess();
        try
        {
            await (store switch
            {
                Store.Memory => Task.CompletedTask,
                Store.Tables => started.StartTablesAsync(),
                _ => started.StartRedisAsync(store == Store.RedisAlways ? "always" : "everysec"),
            });
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>What is missing on this machine for a store; <c>null</c> if nothing is.</summary>
    public static string? Missing(Store store) => store switch
    {
        Store.RedisEverySecond or Store.RedisAlways when !IsInstalled("redis-server") => "redis-server is not installed",
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(each => File.Exists(Path.Combine(each, program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartRedisAsync(string fsync)
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        process = await ChildProcess.StartAsync(
            [
                "redis-server", "--bind", "127.0.0.1", "--port", port, "--dir", folder.FullName, "--save", "", "--appendonly", "yes",
                "--appendfsync", fsync,
            ],
            new Dictionary<string, string>(),
            ["Ready to accept connections"]);
        Settings["REDIS_URL"] = $"redis://127.0.0.1:{port}";
    }

    private async Task StartTablesAsync()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        // Azurite keeps partitions here, as the real service does: as it comes it looks at every row for each query.
        process = await ChildProcess.StartAsync(
            [
                "node", "-e",
                $"require('{Path.GetFullPath("tests/Testing/azurite-partitions.cjs")}'); process.argv.splice(1, 0, 'azurite'); "
                + "require('azurite/dist/src/table/main');",
                "--", "--tableHost", "127.0.0.1", "--tablePort", port, "--inMemoryPersistence",
                "--skipApiVersionCheck", "--disableTelemetry",
            ],
            new Dictionary<string, string>
            {
                ["NODE_PATH"] = Path.GetFullPath("bench/peers/node_modules"),
                ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}",
            },
            ["Table service", "success"],
            folder.FullName);
        var connection =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint=http://127.0.0.1:{port}/{Account};";
        Settings["STORAGE_CONNECTION"] = connection;
        Settings["CALLS_STORAGE_CONNECTION"] = connection;
    }
}

/// <summary>Bytes to a store and from it.</summary>
internal readonly record struct StoreBytes(long In, long Out)
{
    public static StoreBytes operator -(StoreBytes left, StoreBytes right) => new(left.In - right.In, left.Out - right.Out);
}
