namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>No dispatch rule brings an agent along: the gateway sends one, and callers would hear two.</summary>
internal sealed class DoubleAgentCheck : IDoctorCheck
{
    public string Id => CheckNames.DoubleAgent;

    public IReadOnlyList<string> Needs => [CheckNames.DispatchRule];

    public Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var bringing = visit.Rules.Where(rule => rule.Agents.Count > 0).ToList();
        return Task.FromResult(bringing.Count == 0
            ? Finding.Ok("no dispatch rule brings an agent; the gateway sends the one")
            : Finding.Fail(
                string.Join("; ", bringing.Select(rule => $"the rule {rule.Id} brings {string.Join(", ", rule.Agents)}"))
                    + ", and the gateway sends an agent of its own: callers hear two",
                $"take room_config.agents out of the rule: lk sip dispatch update --id {bringing[0].Id} RULE.json"));
    }
}
