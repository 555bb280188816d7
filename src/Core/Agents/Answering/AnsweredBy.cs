using System.Text.Json;
using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Calls.Workflow;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Outbound;

namespace VoiceFunctions.Core.Agents.Answering;

/// <summary>Takes down who answered the phone that we called, as the agent says, and tells what the route has for that.</summary>
public sealed class AnsweredBy(
    ICallJournal journal, RoomNaming naming, DispatchFence fence, RouteTable routes, EventIngestor ingestor, TimeProvider timeProvider)
{
    private static readonly string[] Words =
        [CallFact.CalleeVerdict.Human, CallFact.CalleeVerdict.Machine, CallFact.CalleeVerdict.Unknown];

    /// <summary>Reads <c>answeredBy</c> of a body whose other fields are a job's; <c>null</c> where it is none of the words.</summary>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("answeredBy", out var word) && word.ValueKind == JsonValueKind.String
            ? Array.Find(Words, word.ValueEquals)
            : null;
    }

    /// <summary>
    /// Takes the verdict of the job that holds the lease. The answer is <see cref="LeaseAnswer.Granted"/> where it was taken, now or
    /// before, and else what the job would be told that asks for the lease.
    /// </summary>
    /// <param name="request">Which job says it.</param>
    /// <param name="answeredBy">What it says, a word of <see cref="CallFact.CalleeVerdict"/>.</param>
    /// <param name="room">The room that the job's token is for.</param>
    /// <param name="cancellationToken">Ends it; the same job may say it again.</param>
    /// <returns>The answer, and what the agent does next where it is granted.</returns>
    /// <exception cref="JournalUnavailableException">The journal is away.</exception>
    public async Task<(LeaseAnswer Answer, MachineAction Then)> SayAsync(
        LeaseRequest request, string answeredBy, string? room, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(request.CallId, cancellationToken));
        if (room != (state.Rooms.Name ?? naming.NameOf(request.CallId)))
        {
            return (LeaseAnswer.NotInvited, default);
        }

        var answer = AgentLease.DecideFinish(state, request, fence);
        if (answer == LeaseAnswer.Granted)
        {
            var said = new CallEvent(
                $"answered_by:{request.Epoch}:{answeredBy}",
                timeProvider.GetUtcNow(),
                new CallFact.CalleeVerdict(request.Job, request.Epoch, answeredBy));
            await ingestor.IngestAsync(new ReceivedEvent(request.CallId, said, Tracking.Follow), cancellationToken);
            state = state.Apply(said);
        }

        var isMachine = state is { Requests.IsOutbound: true, Verdicts.AnsweredBy: CallFact.CalleeVerdict.Machine };
        return (answer, isMachine ? routes.Find(RouteQuery.Of(state)).Timeouts.Outbound.WhenMachine : MachineAction.GoOn);
    }
}
