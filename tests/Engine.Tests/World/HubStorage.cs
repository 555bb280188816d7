using VoiceFunctions.Testing;

namespace VoiceFunctions.Engine.Tests.World;

/// <summary>The storage that the tests share. Each world has an account of its own for its task hub and one for its journal.</summary>
public sealed class HubStorage : IAsyncLifetime
{
    private const int Most = 100;
    private int given;

    public AzuriteServer Azurite { get; } = new()
    {
        HasQueuesAndBlobs = true,
        KeepsPartitions = true,
        Accounts = [.. Enumerable.Range(1, Most).SelectMany(number => (string[])[HubOf(number), JournalOf(number)])],
    };

    public ValueTask InitializeAsync() => Azurite.InitializeAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();

    /// <summary>The accounts of a new world.</summary>
    internal (string Hub, string Journal) NextAccounts() => Interlocked.Increment(ref given) is var number and <= Most
        ? (HubOf(number), JournalOf(number))
        : throw new InvalidOperationException($"There are accounts for {Most} worlds.");

    private static string HubOf(int number) => FormattableString.Invariant($"hub{number}");

    private static string JournalOf(int number) => FormattableString.Invariant($"journal{number}");
}
