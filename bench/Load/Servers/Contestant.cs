namespace VoiceFunctions.Bench.Load.Servers;

/// <summary>Where a contestant keeps what it must remember.</summary>
internal enum Store
{
    Memory,
    RedisEverySecond,
    RedisAlways,
    Tables,
}

/// <summary>One server of the comparison.</summary>
/// <param name="Name">How the report and <c>--peers</c> call it.</param>
/// <param name="Title">How a reader reads it.</param>
/// <param name="Store">Its store.</param>
/// <param name="IsOurs">Whether it is VoiceFunctions.</param>
internal sealed record Contestant(string Name, string Title, Store Store, bool IsOurs)
{
    /// <summary>Whether it compiles itself while it runs, as <c>./run.sh</c> has it; otherwise it is the program of the image.</summary>
    public bool IsJustInTime { get; init; }

    /// <summary>Ours and its peers.</summary>
    public static readonly IReadOnlyList<Contestant> All =
    [
        new("ours", "VoiceFunctions, in memory", Store.Memory, true),
        new("fastify", "Fastify, in memory", Store.Memory, false),
        new("express", "Express, in memory", Store.Memory, false),
        new("fastify-redis", "Fastify + Redis (fsync each second)", Store.RedisEverySecond, false),
        new("fastify-redis-always", "Fastify + Redis (fsync always)", Store.RedisAlways, false),
        new("ours-jit", "VoiceFunctions as ./run.sh starts it", Store.Memory, true) { IsJustInTime = true },
        new("ours-azurite", "VoiceFunctions + Azurite", Store.Tables, true),
        new("fastify-azurite", "Fastify + Azurite", Store.Tables, false),
    ];

    /// <summary>The contestant of the other side against which the ratio is taken.</summary>
    public string RivalName => (IsOurs, Store) switch
    {
        (true, Store.Tables) => "fastify-azurite",
        (true, _) => "fastify",
        (false, Store.Tables) => "ours-azurite",
        (false, _) => "ours",
    };
}
