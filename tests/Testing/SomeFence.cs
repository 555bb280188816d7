using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;

namespace VoiceFunctions.Testing;

/// <summary>A fence for tests that need one and not which.</summary>
public static class SomeFence
{
    /// <summary>What a job is told of its call, for tests that need it and not what.</summary>
    public static JobCall Job { get; } = new(CallDirection.Inbound, "+15550100001", "+15550100123", "default");

    /// <summary>Fences of one key, and none of earlier versions.</summary>
    public static DispatchFence Keyed { get; } =
        new(new LiveKitKeyring(new LiveKitKey("devkey", "a-secret-of-some-fence-a-secret-of-some-fence")), DateTimeOffset.MinValue);
}
