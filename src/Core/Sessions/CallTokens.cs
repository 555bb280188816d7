using System.Diagnostics;
using System.Security.Cryptography;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Ending;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Sessions;

/// <summary>
/// Makes the tokens with which people and bots join a call without a phone. Each is good for one room, under an identity of the call, for
/// what its role needs and for no longer than the call can last.
/// </summary>
/// <param name="keys">The first one signs.</param>
/// <param name="host">Where LiveKit is.</param>
/// <param name="rooms">Names the room of a call that has none yet.</param>
/// <param name="routes">Say how long a call can last.</param>
/// <param name="timeProvider">The time by which LiveKit judges tokens.</param>
public sealed class CallTokens(
    LiveKitKeyring keys, LiveKitHost host, RoomNaming rooms, RouteTable routes, TimeProvider timeProvider)
{
    /// <summary>The characters of a listener's name: enough that no two of a call have the same.</summary>
    private const int ListenerNameLength = 8;

    /// <summary>A token; <c>null</c> where the call is over, or has lasted as long as it may.</summary>
    public CallToken? Make(CallState state, CallTokenRole role)
    {
        var now = timeProvider.GetUtcNow();
        var lifetime = LatestEnd(state) - now;
        if (state.End is not null || lifetime <= TimeSpan.Zero)
        {
            return null;
        }

        var room = state.Rooms.Name ?? rooms.NameOf(state.CallId);
        var (identity, word, grants) = role switch
        {
            CallTokenRole.Caller =>
                (TokenIdentity.OfDriver(state.CallId), LiveKitAttributes.CallerRole, LiveKitGrants.JoinAsSpeaker(room)),
            CallTokenRole.Human =>
                (TokenIdentity.OfHuman(state.CallId), LiveKitAttributes.HumanRole, LiveKitGrants.JoinAsSpeaker(room)),
            CallTokenRole.Listener =>
                (TokenIdentity.OfListener(state.CallId, NewName()), LiveKitAttributes.ListenerRole, LiveKitGrants.JoinAsListener(room)),
            CallTokenRole.Bot => (TokenIdentity.OfBot(state.CallId), LiveKitAttributes.AgentRole, LiveKitGrants.JoinAsBot(room)),
            _ => throw new UnreachableException(),
        };
        var attributes = new Dictionary<string, string> { [LiveKitAttributes.Role] = word };
        return new CallToken(identity, room, host.ClientUrl, now + lifetime)
        {
            Text = LiveKitToken.MintFor(keys.Signing, identity, grants, now, lifetime, attributes),
        };
    }

    /// <summary>
    /// When a call is over at the latest: its longest duration after the caller came, or after they could come at the latest.
    /// </summary>
    private DateTimeOffset LatestEnd(CallState state)
    {
        var from = state.CallerSince ?? (state.Requests.First?.At ?? state.FirstEventAt) + EndRules.JoinWindow;
        return from + routes.Find(RouteQuery.Of(state)).Timeouts.MaxDuration;
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(ListenerNameLength, lowercase: true);
}
