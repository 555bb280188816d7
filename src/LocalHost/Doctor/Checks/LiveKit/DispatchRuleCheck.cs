using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Sip;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;

/// <summary>
/// A dispatch rule brings calls into rooms that are the gateway's: by the prefix of their names, or by the ids in the settings.
/// </summary>
internal sealed class DispatchRuleCheck : IDoctorCheck
{
    private const string Name = "voicefunctions-twilio";

    public string Id => CheckNames.DispatchRule;

    public IReadOnlyList<string> Needs => [CheckNames.InboundTrunk];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        var listed = await visit.SipSetup.ListDispatchRulesAsync(cancellationToken);
        if (listed is not LiveKitOutcome<IReadOnlyList<LiveKitDispatchRule>>.Ok(var rules))
        {
            return Finding.Fail($"LiveKit's list of dispatch rules answers {Words.Of(listed)}", "use an API key with the SIP admin grant");
        }

        var settings = visit.Settings;
        var unknown = settings.SipRuleIds.Where(id => rules.All(rule => rule.Id != id)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return Finding.Fail(
                $"{SettingNames.LiveKitSipRuleIds} names {string.Join(", ", unknown)}, and this project has no such dispatch rule",
                "copy the ids from lk sip dispatch list");
        }

        visit.Rules =
        [
            .. rules.Where(rule => settings.SipRuleIds.Contains(rule.Id)
                || rule.TrunkIds.Any(settings.SipTrunkIds.Contains)
                || (visit.Trunk is { } trunk && rule.TrunkIds.Contains(trunk.Id))
                || (rule.Kind is LiveKitRuleKind.Callee or LiveKitRuleKind.Individual && rule.Room == settings.RoomPrefix)),
        ];
        return visit.Trunk is { } twilios ? TwilioRule(visit, twilios, rules) : OwnRules(visit);
    }

    private static Finding OwnRules(DoctorVisit visit) => visit.Rules.Count > 0
        ? Finding.Ok($"{string.Join(", ", visit.Rules.Select(rule => rule.Id))} brings calls to the gateway")
        : Finding.Fail(
            $"no dispatch rule opens rooms named {visit.Settings.RoomPrefix}_…, so the gateway ignores every call",
            "lk sip dispatch create RULE.json with "
                + RuleJson("ST_…", $"{{\"dispatch_rule_individual\": {{\"room_prefix\": \"{visit.Settings.RoomPrefix}\"}}}}")
                + $", or set {SettingNames.LiveKitSipRuleIds}");

    private static Finding TwilioRule(DoctorVisit visit, LiveKitInboundTrunk trunk, IReadOnlyList<LiveKitDispatchRule> rules)
    {
        // LiveKit takes a rule that names the trunk before one for every trunk.
        var prefix = visit.Settings.RoomPrefix;
        var rule = rules.Where(rule => rule.Takes(trunk.Id) && rule.Numbers.Count == 0)
            .OrderByDescending(rule => rule.TrunkIds.Count)
            .ThenByDescending(rule => rule.Kind == LiveKitRuleKind.Callee)
            .FirstOrDefault();
        if (rule is null)
        {
            return Finding.Fail(
                $"no dispatch rule takes the calls of the trunk {trunk.Id}",
                "run doctor --fix, or lk sip dispatch create RULE.json with "
                    + RuleJson(trunk.Id, $"{{\"dispatch_rule_callee\": {{\"room_prefix\": \"{prefix}\", \"randomize\": false}}}}")) with
            {
                Repair = new Repair(
                    $"create the dispatch rule '{Name}' for the trunk {trunk.Id} at LiveKit, with the room prefix '{prefix}'",
                    async stop => await visit.SipSetup.CreateCalleeRuleAsync(Name, trunk.Id, prefix, stop) is var made
                        && made is LiveKitOutcome<LiveKitDispatchRule>.Ok ? null : $"LiveKit answers {Words.Of(made)}"),
            };
        }

        if (!visit.Rules.Contains(rule))
        {
            visit.Rules = [.. visit.Rules, rule];
        }

        var again = $"lk sip dispatch delete {rule.Id}, then doctor --fix creates the right one";
        return rule switch
        {
            { Kind: not LiveKitRuleKind.Callee } => Finding.Fail(
                $"the rule {rule.Id} is {rule.Kind.ToString().ToLowerInvariant()}: calls from Twilio need a callee rule, whose room "
                    + "has the call's id",
                again),
            { Randomizes: true } => Finding.Fail(
                $"the rule {rule.Id} adds a random part to the room's name, so the gateway cannot find the call", again),
            { HasPin: true } => Finding.Fail($"the rule {rule.Id} asks callers for a PIN", again),
            _ when rule.Room != prefix => Finding.Fail(
                $"the rule {rule.Id} has the room prefix '{rule.Room}', and {SettingNames.LiveKitRoomPrefix} is '{prefix}'",
                $"set {SettingNames.LiveKitRoomPrefix} to the rule's, or {again}"),
            { TrunkIds.Count: 0 } => Finding.Warn(
                $"the rule {rule.Id} applies to all trunks, and also to calls without a trunk",
                $"name the trunk {trunk.Id} in its trunk_ids"),
            _ => Finding.Ok($"{rule.Id} puts the calls of {trunk.Id} into rooms named {prefix}_…"),
        };
    }

    private static string RuleJson(string trunkId, string rule) =>
        $"{{\"dispatch_rule\": {{\"name\": \"{Name}\", \"trunk_ids\": [\"{trunkId}\"], \"rule\": {rule}}}}}";
}
