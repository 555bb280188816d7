using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Exploration.Scheduler;

namespace VoiceFunctions.Exploration.Model;

/// <summary>What limits count as a strand asks it: it fails as the journal does.</summary>
internal sealed class LimitPort(Strand strand, ModelLimits limits) : ILimitStore
{
    private static readonly string[] ReadTroubles = ["away"];
    private static readonly string[] WriteTroubles = ["away", "lost", Strand.Crash, Strand.CrashAfter];

    public ValueTask<LimitText> ReadAsync(string key, CancellationToken cancellationToken) => new(strand.AskAsync(
        "ReadLimit",
        ReadTroubles,
        trouble => trouble.Length > 0 ? Away<LimitText>() : Told(limits.Read(key)),
        cancellationToken));

    public ValueTask<LimitText?> WriteAsync(
        string key, string version, string text, DateTimeOffset expires, CancellationToken cancellationToken) => new(strand.AskAsync(
            "WriteLimit",
            WriteTroubles,
            trouble =>
            {
                var written = trouble == "away" ? null : limits.Write(key, version, text);
                return trouble.Length > 0 ? Away<LimitText?>() : Told(written);
            },
            cancellationToken));

    public ValueTask<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is old enough.");

    private static Answer<T> Away<T>() => new(default, 1) { Error = new JournalUnavailableException("The store is away.") };

    private static Answer<T> Told<T>(T value) => new(value, Fingerprint.Of(2, Fingerprint.Of($"{value}")));
}
