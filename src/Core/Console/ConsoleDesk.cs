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
    /// <summary>How many calls it looks at, the newest: each is one more history to read.</summary>
    public const int MostCalls = 50;

    /// <summary>How many of them it reads at one time.</summary>
    private const int AtOnce = 10;

    /// <summary>How much later than the route's grace a room is overdue: LiveKit may have to be asked again.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>The calls that go on, or whose room is still to be deleted, of whoever asks.</summary>
    /// <param name="credential">Who asks.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<ConsoleCalls> LookAsync(object? credential, CancellationToken cancellationToken)
    {
        // Where nothing is known that makes it a call, only its history can tell.
        var open = await journal.ListOpenAsync(cancellationToken)
            .Where(call => call.Listing is null || tenancy.MaySee(credential, call.Listing))
            .OrderByDescending(call => call.Listing?.Since)
            .ToListAsync(cancellationToken);
        List<ConsoleCall> calls = [];
        foreach (var some in open.Take(MostCalls).Chunk(AtOnce))
        {
            var read = await Task.WhenAll(some.Select(call => ReadAsync(call.CallId, credential, cancellationToken)));
            calls.AddRange(read.OfType<ConsoleCall>());
        }

        return new(
            [.. calls.OrderByDescending(call => call.BeganAt).ThenBy(call => call.CallId, StringComparer.Ordinal)],
            open.Count <= MostCalls ? calls.Count : open.Count(call => call.Listing is not null));
    }

    private async Task<ConsoleCall?> ReadAsync(CallId callId, object? credential, CancellationToken cancellationToken)
    {
        var history = await journal.ReadAsync(callId, cancellationToken);
        var state = CallState.Of(history);
        return state.IsCall && tenancy.MaySee(credential, state)
            ? Of(state) with { Version = JournalRowKeys.Sha256(history.Version)[..16] }
            : null;
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
            SurplusAgents = state.End is null ? state.SurplusAgents.Count() : 0,
            HasHuman = state.IsHumanHeard,
            EndedAt = state.EndedAt,
            OverdueSince = state is { RoomMayLive: true, IsRoomTheirs: false, Successor: null } && due < timeProvider.GetUtcNow()
                ? due
                : null,
        };
    }
}
