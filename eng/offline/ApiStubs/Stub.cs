namespace VoiceFunctions.ApiStubs;

/// <summary>What every stub's body throws.</summary>
internal static class Stub
{
    public static NotSupportedException Called() => new("This is a compile-only stub of the offline package mode. Restore the real packages to run the Functions app.");
}
