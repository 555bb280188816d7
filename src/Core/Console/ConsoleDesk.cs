using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.Listing;
using VoiceFunctions.Core.Routing;

namespace VoiceFunctions.Core.Console;

/// <summary>Looks at the calls that go on, for whoever watches them.</summary>
/// <param name="journal">Holds the calls.</param>
/// <param name="tenancy">Whose they are.</param>
/// <param name="routes">Tell how long a room may stay after its call.</param>
/// <param name="timeProvider">The time.</param>
internal sealed class ConsoleDesk(ICallJournal journal, CallTenancy tenancy, RouteTable routes, TimeProvider timeProvider)
{
    /// <summary>How many calls it looks at: each is one more history to read.</summary>
    public const int MostCalls = 50;

    /// <summary>How much later than the route's grace a room is overdue: LiveKit may have to be asked again.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>The calls that go on, or whose room is still to be deleted, of whoever asks.</summary>
    /// <param name="credential">Who asks.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<ConsoleCalls> LookAsync(object? credential, CancellationToken cancellationToken)
    {
        List<ConsoleCall> calls = [];
        var looked = 0;
        await foreach (var callId in journal.ListOpenAsync(cancellationToken))
        {
            if (looked++ == MostCalls)
            {
                return Answer(isComplete: false);
            }

            var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
            if (state.IsCall && tenancy.MaySee(credential, state))
            {
                calls.Add(Of(state));
            }
        }

        return Answer(isComplete: true);

        ConsoleCalls Answer(bool isComplete) =>
            new([.. calls.OrderByDescending(call => call.BeganAt).ThenBy(call => call.CallId, StringComparer.Ordinal)], isComplete);
    }

    private ConsoleCall Of(CallState state)
    {
        var due = state.EndedAt + routes.Find(RouteQuery.Of(state)).Timeouts.RoomGrace + Slack;
        return new ConsoleCall(state.CallId.Value, state.Direction, state.Status, state.BeganAt)
        {
            From = state.From,
            To = state.CalledNumber,
            Room = state.Rooms.Name,
            SilentSince = state.End is null ? CallSilence.Since(state) : null,
            Agents = state.LiveAgents.Count(),
            SurplusAgents = state.SurplusAgents.Count(),
            HasHuman = state.IsHumanHeard,
            EndedAt = state.EndedAt,
            OverdueSince = state is { RoomMayLive: true, IsRoomTheirs: false, Successor: null } && due < timeProvider.GetUtcNow()
                ? due
                : null,
        };
    }
}
