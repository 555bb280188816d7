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
            ? Finding.Ok("no dispatch rule has an agent; only the gateway dispatches one")
            : Finding.Fail(
                string.Join("; ", bringing.Select(rule => $"the rule {rule.Id} dispatches {string.Join(", ", rule.Agents)}"))
                    + ", and the gateway dispatches an agent too: callers hear two",
                $"remove room_config.agents from the rule: lk sip dispatch update --id {bringing[0].Id} RULE.json"));
    }
}
