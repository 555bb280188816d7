using System.Text.Json;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Routing.Owners;
using VoiceFunctions.Core.Routing.Queues;
using VoiceFunctions.Core.Routing.Recordings;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>
/// Reads the routes' JSON: <c>{"default": {…}, "routes": [{"number": "+1555…", …}, {"prefix": "+1", …}]}</c>. What is done with a
/// call and left out by an entry comes from <c>default</c>, or else from the settings. Strict: an unknown field, an invalid number, a time
/// out of range or two entries for the same calls are an error with its place.
/// </summary>
public static class RouteFile
{
    /// <summary>How many helpers a route may have.</summary>
    public const int MaxHelpers = 8;

    /// <summary>Reads the table.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="settings">The route of the settings.</param>
    /// <param name="errors">Receives the errors, one sentence each. If there are any, the table is <c>null</c>.</param>
    /// <param name="numbers">Reads numbers; <see cref="NumberReader.International"/> where it is left out.</param>
    /// <param name="owners">Know the tenants; nobody is one where it is left out.</param>
    public static RouteTable? Parse(
        string json, Route settings, ICollection<string> errors, NumberReader? numbers = null, RouteOwners? owners = null)
    {
        RouteFileJson file;
        try
        {
            file = JsonSerializer.Deserialize(json, RouteFileContext.Default.RouteFileJson) ?? new RouteFileJson();
        }
        catch (JsonException unreadable)
        {
            errors.Add($"routes: not readable at {unreadable.Path ?? "$"}, line {unreadable.LineNumber + 1}");
            return null;
        }

        var before = errors.Count;
        var basis = file.Default ?? new RouteJson();
        if (RouteKeys.HasAny(basis))
        {
            errors.Add("default: applies to every other call and takes no key and no condition");
        }

        if (basis.Tenant is not null)
        {
            errors.Add("default.tenant: applies to every tenant's calls and is nobody's");
        }

        owners ??= new RouteOwners(new HashSet<string>(), "the settings");

        numbers ??= NumberReader.International;
        var keys = new RouteKeys(numbers, errors);
        keys.CheckName(basis.Name, "default");
        var canCall = settings.Timeouts.Silence.CallsHuman;
        var fallback = RouteKeys.Named(Merge(basis, settings, canCall, "default", errors), basis.Name ?? Route.DefaultName);
        var entries = new List<RouteEntry>();
        for (var i = 0; i < (file.Routes?.Count ?? 0); i++)
        {
            var entry = file.Routes![i] ?? new RouteJson();
            var where = $"routes[{i}]";
            keys.CheckName(entry.Name, where);
            owners.Check(entry.Tenant, where, errors);
            if (keys.Read(entry, Merge(entry, fallback, canCall, where, errors, basis.Hours), where) is { } read)
            {
                owners.CheckName(read.Route.Name, read.Route.Tenant, where, errors);
                entries.Add(read);
            }
        }

        FallbackReader.CheckAll(file, settings.Fallback, errors);
        var queues = QueueReader.Read(file.Queues, FallbackReader.CalledNumbers(file), errors);
        foreach (var queue in queues.Values)
        {
            owners.Check(queue.Tenant, $"queues.{queue.Name}", errors);
        }

        return errors.Count == before ? new RouteTable(fallback, entries, numbers) { Queues = queues } : null;
    }

    /// <param name="entry">The entry.</param>
    /// <param name="basis">Where what it leaves out comes from.</param>
    /// <param name="canCall">Whether LiveKit can dial a human at all; each route says of itself whether it has one.</param>
    /// <param name="where">The entry's place.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="defaultHours">The hours of the default, which were checked there.</param>
    private static Route Merge(
        RouteJson entry, Route basis, bool canCall, string where, ICollection<string> errors, HoursJson? defaultHours = null)
    {
        var agent = entry.Agent is null ? basis.Agent : Agent(entry.Agent, basis.Agent, $"{where}.agent", errors);
        // A field that the reserve leaves out comes from the agent that it replaces.
        var reserve = entry switch
        {
            { Reserve: { } other } => Agent(other, agent, $"{where}.reserve", errors),
            { Agent: not null } when basis.Reserve is { } others => agent with { Name = others.Name },
            _ => basis.Reserve,
        };
        var timeouts = new CallTimeouts(
            Seconds(entry.DialTimeoutSeconds, 5, 600, basis.Timeouts.DialTimeout, $"{where}.dialTimeoutSeconds", errors),
            Seconds(entry.MaxDurationSeconds, 10, 14400, basis.Timeouts.MaxDuration, $"{where}.maxDurationSeconds", errors),
            Seconds(entry.RoomGraceSeconds, 0, 300, basis.Timeouts.RoomGrace, $"{where}.roomGraceSeconds", errors),
            Silence(entry.Silence ?? new SilenceJson(), basis.Timeouts.Silence, $"{where}.silence", errors) with
            {
                HasReserve = reserve is not null,
            })
        {
            EndsWithAgent = WhenAgentLeaves(entry.WhenAgentLeaves, basis.Timeouts.EndsWithAgent, $"{where}.whenAgentLeaves", errors),
            Helpers = Helpers(entry.Helpers, basis.Timeouts.Helpers, $"{where}.helpers", errors),
            Recording = entry.Recording is { } recording
                ? RecordingReader.Read(recording, basis.Timeouts.Recording, $"{where}.recording", errors)
                : basis.Timeouts.Recording,
            Admission = AdmissionReader.Read(entry, basis.Timeouts.Admission, agent, where, errors),
            Outbound = OutboundReader.Read(entry, basis.Timeouts.Outbound, where, errors),
        };
        if (timeouts.Helpers.Any(helper => helper == agent.Name || helper == reserve?.Name))
        {
            errors.Add($"{where}.helpers: must not name the agent or the reserve");
        }

        if (entry.Silence is not null && !timeouts.SilenceIsInOrder)
        {
            errors.Add($"{where}.silence: first another agent, then the reserve, then the handover; each must come before the next");
        }

        var fallback =
            entry.Fallback is { } given ? FallbackReader.Read(given, basis.Fallback, $"{where}.fallback", errors) : basis.Fallback;
        var handoff = Handoff(entry, basis.Handoff, where, errors);
        var own = new Route(agent, timeouts, fallback) { Reserve = reserve, Handoff = handoff, Tenant = entry.Tenant };
        var route = WithFallback(own, fallback, canCall);
        return entry.Hours is { } hours ? WithHours(route, hours, canCall, $"{where}.hours", errors)
            : defaultHours is not null ? WithHours(route, defaultHours, canCall, "default.hours", [])
            : route;
    }

    private static Route WithFallback(Route route, RouteFallback fallback, bool canCall) => route with
    {
        Fallback = fallback,
        Timeouts = route.Timeouts with
        {
            Silence = route.Timeouts.Silence with
            {
                CallsHuman = canCall && fallback.Human is not null,
                Humans = fallback.Humans.Count,
                RingTime = fallback.RingTime,
            },
        },
    };

    private static Route WithHours(Route route, HoursJson hours, bool canCall, string where, ICollection<string> errors)
    {
        var (agent, fallback) = (hours.Closed?.Agent, hours.Closed?.Fallback);
        if (agent is not null && fallback is not null)
        {
            errors.Add($"{where}.closed: takes \"agent\" or \"fallback\", not both");
        }

        var other = agent is null ? route.Agent : Agent(agent, route.Agent, $"{where}.closed.agent", errors);
        var closed = WithFallback(
            route,
            fallback is null ? route.Fallback : FallbackReader.Read(fallback, route.Fallback, $"{where}.closed.fallback", errors),
            canCall);
        return route with
        {
            Hours = new WeeklyHoursReader(errors).Read(hours, where),
            WhenClosed = agent is null
                ? closed with { Timeouts = closed.Timeouts with { IsClosed = true } }
                : route with { Agent = other, Reserve = route.Reserve is { } reserve ? other with { Name = reserve.Name } : null },
        };
    }

    private static HandoffTerms Handoff(RouteJson entry, HandoffTerms basis, string where, ICollection<string> errors)
    {
        if (entry.WhenHumanJoins is not (null or "mute" or "remove"))
        {
            errors.Add($"{where}.whenHumanJoins: must be mute or remove");
        }

        if (entry.AgentMayCall?.All(RouteKeys.IsPrefix) == false)
        {
            errors.Add($"{where}.agentMayCall: must be what numbers in E.164 begin with, such as +1555");
        }

        return new HandoffTerms
        {
            MutesAgent = entry.WhenHumanJoins is null ? basis.MutesAgent : entry.WhenHumanJoins == "mute",
            AgentMayCall = entry.AgentMayCall ?? basis.AgentMayCall,
        };
    }

    private static bool WhenAgentLeaves(string? text, bool basis, string where, ICollection<string> errors)
    {
        if (text is not (null or "end" or "replace"))
        {
            errors.Add($"{where}: must be end or replace");
        }

        return text is null ? basis : text == "end";
    }

    private static IReadOnlyList<string> Helpers(
        IReadOnlyList<string?>? names, IReadOnlyList<string> basis, string where, ICollection<string> errors)
    {
        if (names is null)
        {
            return basis;
        }

        var helpers = names.OfType<string>().Where(name => !string.IsNullOrWhiteSpace(name)).Distinct().ToList();
        if (helpers.Count != names.Count || helpers.Count > MaxHelpers)
        {
            errors.Add($"{where}: must be up to {MaxHelpers} different names");
        }

        return helpers;
    }

    internal static AgentConfig Agent(AgentJson agent, AgentConfig basis, string where, ICollection<string> errors)
    {
        if (agent.Name is not null && string.IsNullOrWhiteSpace(agent.Name))
        {
            errors.Add($"{where}.name: must not be empty");
        }

        if (agent.Tools?.Any(string.IsNullOrWhiteSpace) == true)
        {
            errors.Add($"{where}.tools: must be names");
        }

        return new AgentConfig(agent.Name ?? basis.Name)
        {
            Prompt = agent.Prompt ?? basis.Prompt,
            Greeting = agent.Greeting ?? basis.Greeting,
            Voice = agent.Voice ?? basis.Voice,
            Model = agent.Model ?? basis.Model,
            Tools = agent.Tools?.OfType<string>().ToList() ?? basis.Tools,
            NoiseCancellationType = agent.NoiseCancellationType ?? basis.NoiseCancellationType,
        };
    }

    private static SilenceTimeouts Silence(SilenceJson silence, SilenceTimeouts basis, string where, ICollection<string> errors) => new(
        Seconds(silence.RedispatchSeconds, 3, 600, basis.Redispatch, $"{where}.redispatchSeconds", errors),
        Seconds(silence.ReserveSeconds, 3, 600, basis.Reserve, $"{where}.reserveSeconds", errors),
        silence.HandoverSeconds is null
            ? basis.Handover
            : Seconds(silence.HandoverSeconds, 5, 600, TimeSpan.Zero, $"{where}.handoverSeconds", errors));

    private static TimeSpan Seconds(int? value, int least, int most, TimeSpan basis, string where, ICollection<string> errors)
    {
        if (value < least || value > most)
        {
            errors.Add($"{where}: must be from {least} to {most}");
        }

        return value is { } seconds ? TimeSpan.FromSeconds(seconds) : basis;
    }
}
