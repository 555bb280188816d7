using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.Routing.Admission;

namespace VoiceFunctions.Core.Routing;

/// <summary>Reads how many calls a route has at one time, and its rules for callers.</summary>
internal static class AdmissionReader
{
    /// <summary>The most rules of a route.</summary>
    public const int MaxRules = 20;

    private const int MostCalls = 100;
    private const int MostMinutes = 24 * 60;

    private static readonly string[] Actions =
        [AdmissionAction.Accept, AdmissionAction.Agent, AdmissionAction.Human, AdmissionAction.Message, AdmissionAction.Reject];

    /// <summary>Reads them; what an entry leaves out comes from <paramref name="basis"/>.</summary>
    public static AdmissionTerms Read(
        RouteJson entry, AdmissionTerms basis, AgentConfig agent, string where, ICollection<string> errors)
    {
        if (entry.MaxConcurrentCalls is < 1 or > CallPlaces.Most)
        {
            errors.Add($"{where}.maxConcurrentCalls: must be from 1 to {CallPlaces.Most}");
        }

        if (entry.Admission?.Count > MaxRules)
        {
            errors.Add($"{where}.admission: must be up to {MaxRules} rules");
        }

        return new AdmissionTerms
        {
            RouteCalls = entry.MaxConcurrentCalls ?? basis.RouteCalls,
            Rules = entry.Admission is { } rules
                ? [.. rules.Select((rule, index) => Rule(rule ?? new(), agent, $"{where}.admission[{index}]", errors))]
                : basis.Rules,
        };
    }

    private static AdmissionRule Rule(AdmissionRuleJson rule, AgentConfig agent, string where, ICollection<string> errors)
    {
        if (!Actions.Contains(rule.Then))
        {
            errors.Add($"{where}.then: must be one of {string.Join(", ", Actions)}");
        }

        if ((rule.Agent is not null) != (rule.Then == AdmissionAction.Agent))
        {
            errors.Add($"{where}.agent: belongs to \"then\": \"agent\", and only there");
        }

        if (rule is { From: null, Verdict: null, MoreThan: null })
        {
            errors.Add($"{where}: must have a condition: \"from\", \"verdict\" or \"moreThan\"");
        }

        if (rule.From is { } from && (from.Count == 0 || !from.All(RouteKeys.IsPrefix)))
        {
            errors.Add($"{where}.from: must be what numbers in E.164 begin with, such as +1555");
        }

        if (rule.Verdict is { } verdicts && (verdicts.Count == 0 || !verdicts.All(CallerVerdict.All.Contains)))
        {
            errors.Add($"{where}.verdict: must be of {string.Join(", ", CallerVerdict.All)}");
        }

        if (rule.MoreThan is { } velocity
            && (velocity.Calls is not (>= 1 and <= MostCalls) || velocity.Minutes is not (>= 1 and <= MostMinutes)))
        {
            errors.Add($"{where}.moreThan: needs \"calls\" from 1 to {MostCalls} and \"minutes\" from 1 to {MostMinutes}");
        }

        return new AdmissionRule(rule.Then ?? AdmissionAction.Accept)
        {
            From = rule.From ?? [],
            Verdicts = rule.Verdict ?? [],
            MoreThan = rule.MoreThan?.Calls,
            Within = TimeSpan.FromMinutes(rule.MoreThan?.Minutes ?? 0),
            Agent = rule.Agent is { } other ? RouteFile.Agent(other, agent, $"{where}.agent", errors) : null,
        };
    }
}
