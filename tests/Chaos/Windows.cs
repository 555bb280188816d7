using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Calls.Reconciling;

namespace VoiceFunctions.Chaos;

/// <summary>
/// How late something may be before it is a defect. The grace is the gateways' setting; the others bound what they do under faults.
/// </summary>
internal static class Windows
{
    /// <summary>ROOM_GRACE_SECONDS of the gateways.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>DIAL_TIMEOUT_SECONDS of the gateways.</summary>
    public static TimeSpan DialTimeout { get; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long two agents may be heard at one time of which one at least did not ask for the lease: a surplus agent is put out when the
    /// gateway hears of it. Two that asked: never.
    /// </summary>
    public static TimeSpan Surplus { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How much longer where the host that put it out died over it.</summary>
    public static TimeSpan Takeover { get; } = EffectExecutor.Lease;

    /// <summary>
    /// How long a caller may wait for a dispatch, not counting the time in which no gateway could work: a sweep and a claim's lease.
    /// </summary>
    public static TimeSpan Dispatch { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after the last phone left a call may go on, not counting the time in which no gateway could work: the webhook of it may be
    /// lost, and LiveKit is asked once a minute.
    /// </summary>
    public static TimeSpan End { get; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// How long after its call's end and the grace a room may live, not counting the time in which no gateway could work: a claim's
    /// lease, and LiveKit's own troubles.
    /// </summary>
    public static TimeSpan Room { get; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How long a room may live from whose caller no word came, not counting the time in which no gateway could work: as long as nobody may
    /// be missed in it, and the watch that finds it.
    /// </summary>
    public static TimeSpan Abandonment { get; } = Reconciler.Abandonment + TimeSpan.FromMinutes(1);

    /// <summary>
    /// How much longer a dispatch, an end and a room may take where the gateways run on the engine that Azure uses: what a killed host
    /// was in the middle of is handed out again, or taken by the sweep, within this (docs/reliability.md).
    /// </summary>
    public static TimeSpan Engine { get; } = TimeSpan.FromSeconds(80);

    /// <summary>
    /// How long after the last room the events of calls may take to go out: a claim's lease, and two attempts that the receiver's last
    /// outage put off.
    /// </summary>
    public static TimeSpan Events { get; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a caller who is turned away may hear nothing: longer than a gap between two tones.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after a kill or a pause of the storage an end may be told again under the same id.</summary>
    public static TimeSpan ToldAgain { get; } = TimeSpan.FromSeconds(60);
}
