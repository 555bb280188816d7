using System.Text.Json;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>
/// Reads the routes' JSON: <c>{"default": {…}, "routes": [{"number": "+1555…", …}, {"prefix": "+1", …}]}</c>. A field that an
/// entry leaves out comes from <c>default</c>, or else from the settings. Strict: an unknown field, an invalid number or a time out of
/// range is an error with its place.
/// </summary>
public static class RouteFile
{
    /// <summary>How many helpers a route may have.</summary>
    public const int MaxHelpers = 8;

    /// <summary>Reads the table.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="settings">The route of the settings.</param>
    /// <param name="errors">Receives the errors, one sentence each. If there are any, the table is <c>null</c>.</param>
    public static RouteTable? Parse(string json, Route settings, ICollection<string> errors)
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
        if (file.Default is { Number: not null } or { Prefix: not null })
        {
            errors.Add("default: applies to every other number and takes neither \"number\" nor \"prefix\"");
        }

        var fallback = Merge(file.Default ?? new RouteJson(), settings, "default", errors);
        var exact = new Dictionary<string, Route>(StringComparer.Ordinal);
        var prefixes = new Dictionary<string, Route>(StringComparer.Ordinal);
        for (var i = 0; i < (file.Routes?.Count ?? 0); i++)
        {
            var entry = file.Routes![i] ?? new RouteJson();
            var where = $"routes[{i}]";
            var (table, key) = entry.Number is not null ? (exact, entry.Number) : (prefixes, entry.Prefix);
            var valid = (entry.Number, entry.Prefix) switch
            {
                ({ } number, null) => PhoneNumber.TryParse(number, out _),
                (null, { } prefix) => IsPrefix(prefix),
                _ => false,
            };
            if (!valid)
            {
                errors.Add($"{where}: needs either \"number\" in E.164, such as +15550100123, or \"prefix\", such as +1555");
            }
            else if (!table.TryAdd(key!, Merge(entry, fallback, where, errors)))
            {
                errors.Add($"{where}: the same number or prefix occurs twice");
            }
        }

        FallbackReader.CheckAll(file, settings.Fallback, errors);
        return errors.Count == before ? new RouteTable(fallback, exact, prefixes) : null;
    }

    private static bool IsPrefix(string text) =>
        text.Length is > 1 and <= 15 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static Route Merge(RouteJson entry, Route basis, string where, ICollection<string> errors)
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
            entry.Fallback is { } own ? FallbackReader.Read(own, basis.Fallback, $"{where}.fallback", errors) : basis.Fallback;
        var silence = timeouts.Silence with
        {
            CallsHuman = basis.Timeouts.Silence.CallsHuman && fallback.Human is not null,
            Humans = fallback.Humans.Count,
            RingTime = fallback.RingTime,
        };
        return new Route(agent, timeouts with { Silence = silence }, fallback) { Reserve = reserve };
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

    private static AgentConfig Agent(AgentJson agent, AgentConfig basis, string where, ICollection<string> errors)
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
