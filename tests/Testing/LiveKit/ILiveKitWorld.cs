using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;

namespace VoiceFunctions.Testing.LiveKit;

/// <summary>
/// A LiveKit of some kind, with the people, the workers and the time around it, so that every kind runs the same contract.
/// </summary>
public interface ILiveKitWorld : IAsyncDisposable
{
    /// <summary>How the gateway asks it.</summary>
    ILiveKitApi Api { get; }

    /// <summary>The trunk over which it dials.</summary>
    string TrunkId { get; }

    /// <summary>What its webhooks told so far, oldest first, without what means nothing to a call.</summary>
    IReadOnlyList<CallFact> Facts { get; }

    /// <summary>Runs a test's course in this world.</summary>
    Task RunAsync(Func<Task> course);

    /// <summary>Lets time pass, and everything happen that is due.</summary>
    Task PassAsync(TimeSpan time);

    /// <summary>A phone call comes into <see cref="LiveKitContract.Room"/>; done when its phone is in the room.</summary>
    Task CallerJoinsAsync(string number);

    /// <summary>The phone that came last hangs up.</summary>
    Task CallerLeavesAsync();

    /// <summary>A worker brings the agent of a dispatch that was just made; done when it is in the room.</summary>
    Task AgentJoinsAsync(LiveKitDispatch dispatch);

    /// <summary>Whoever is at the phone that was just dialled picks it up.</summary>
    Task HumanPicksUpAsync();
}
