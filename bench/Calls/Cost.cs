namespace VoiceFunctions.Bench.Calls;

/// <summary>Time on the one thread, and bytes allocated there.</summary>
internal readonly record struct Cost(TimeSpan Time, long Bytes)
{
    public static Cost operator +(Cost one, Cost other) => new(one.Time + other.Time, one.Bytes + other.Bytes);

    public static Cost operator -(Cost one, Cost other) => new(one.Time - other.Time, one.Bytes - other.Bytes);
}
