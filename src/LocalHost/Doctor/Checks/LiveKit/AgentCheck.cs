using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>
/// Workers of each agent are registered. LiveKit has no list of them, so each agent is dispatched into a room that is nobody's call: it
/// comes, or its job shows that a worker took it. An agent that comes without being asked for would be a second one in every call.
/// </summary>
internal sealed class AgentCheck : IDoctorCheck
{
    private const string Metadata = """{"doctor":true}""";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Id => CheckNames.Agent;

    public IReadOnlyList<string> Needs => [CheckNames.LiveKitKeys];

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var names = visit.Settings.Routes.AgentNames;
        await using var room = new ThrowAwayRoom(visit);
        if (await room.OpenAsync(cancellationToken) is LiveKitOutcome<LiveKitRoom>.Ok == false)
        {
            return Finding.Fail("LiveKit does not open a room", "give the API key all grants, and look at LiveKit's log");
        }

        foreach (var name in names)
        {
            var dispatched = await visit.LiveKit.CreateDispatchAsync(
                new LiveKitDispatchRequest(room.Name, name, Metadata), cancellationToken);
            if (dispatched is not LiveKitOutcome<LiveKitDispatch>.Ok)
            {
                return Finding.Fail($"LiveKit answers a dispatch {Words.Of(dispatched)}", "try again, and look at LiveKit's log");
            }
        }

        var missing = names.ToHashSet(StringComparer.Ordinal);
        var started = visit.Time.GetTimestamp();
        while (missing.Count > 0 && visit.Time.GetElapsedTime(started) < visit.Options.Patience)
        {
            await Task.Delay(Pause, visit.Time, cancellationToken);
            var there = await AgentsAsync(visit, room.Name, cancellationToken);
            if (there.FirstOrDefault(name => !names.Contains(name)) is { } uninvited)
            {
                return Finding.Fail(
                    uninvited.Length == 0
                        ? "an agent without a name joined without a dispatch: it would join every call, beside the dispatched one"
                        : $"the agent '{uninvited}' joined without a dispatch: it would join every call, beside the dispatched one",
                    $"give every worker an agent name, such as that of {SettingNames.LiveKitAgentName}: then it joins only if dispatched");
            }

            missing.ExceptWith(there);
            missing.ExceptWith(await TakenAsync(visit, room.Name, cancellationToken));
        }

        var list = string.Join(", ", names.Select(name => $"'{name}'"));
        return missing.Count == 0
            ? Finding.Ok($"{list} accepted a test job and joined; the test room is deleted")
            : Finding.Fail(
                $"no worker took a job for {string.Join(", ", missing.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))} within "
                    + $"{visit.Options.Patience.TotalSeconds:0.#} s",
                $"start the agent with that name and this project's keys, or set {SettingNames.LiveKitAgentName} or the route's agent to "
                    + "the name under which it registers; the name is case-sensitive");
    }

    /// <summary>The names of the agents in the room; empty for one without a name.</summary>
    private static async Task<IReadOnlyList<string>> AgentsAsync(DoctorVisit visit, string room, CancellationToken cancellationToken) =>
        await visit.LiveKit.ListParticipantsAsync(room, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitParticipant>>.Ok(var list)
            ? [
                .. list.Where(participant => participant.Kind == LiveKitParticipantKind.Agent
                        && !participant.Attributes.ContainsKey(LiveKitAttributes.PublishOnBehalf))
                    .Select(agent => agent.Attributes.GetValueOrDefault(LiveKitAttributes.AgentName) ?? ""),
            ]
            : [];

    private static async Task<IEnumerable<string>> TakenAsync(DoctorVisit visit, string room, CancellationToken cancellationToken) =>
        await visit.LiveKit.ListDispatchesAsync(room, cancellationToken) is LiveKitOutcome<IReadOnlyList<LiveKitDispatch>>.Ok(var list)
            ? list.Where(dispatch => dispatch.HasJob).Select(dispatch => dispatch.AgentName)
            : [];
}
