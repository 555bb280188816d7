namespace VoiceFunctions.Exploration.Scheduler;

/// <summary>64-bit fingerprints by which states are told apart.</summary>
internal static class Fingerprint
{
    private const ulong Prime = 1099511628211;

    public static ulong Of(string? text)
    {
        var hash = 14695981039346656037;
        foreach (var character in text ?? "\0")
        {
            hash = (hash ^ character) * Prime;
        }

        return Spread(hash);
    }

    public static ulong Of(DateTimeOffset? time) => Spread((ulong)(time?.UtcTicks ?? -1));

    public static ulong Of(params ReadOnlySpan<ulong> parts)
    {
        var hash = 0x9E3779B97F4A7C15;
        foreach (var part in parts)
        {
            hash = Spread(((hash << 5) | (hash >> 59)) ^ part);
        }

        return hash;
    }

    private static ulong Spread(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
