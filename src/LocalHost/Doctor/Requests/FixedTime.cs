namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>A clock that stands.</summary>
/// <param name="now">The time that it shows.</param>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
