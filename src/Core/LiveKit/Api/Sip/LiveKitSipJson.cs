using System.Text.Json;

namespace VoiceFunctions.Core.LiveKit.Api.Sip;

/// <summary>Reads trunks and rules as LiveKit's API answers them.</summary>
internal static class LiveKitSipJson
{
    public static LiveKitInboundTrunk Trunk(JsonElement trunk) => new()
    {
        Id = TrunkId(trunk),
        Numbers = trunk.TextList("numbers"),
        AllowedAddresses = trunk.TextList("allowedAddresses", "allowed_addresses"),
        AllowedNumbers = trunk.TextList("allowedNumbers", "allowed_numbers"),
        Username = trunk.Text("authUsername", "auth_username"),
        Password = trunk.Text("authPassword", "auth_password"),
        IncludeHeaders = trunk.Text("includeHeaders", "include_headers", "SIP_NO_HEADERS"),
    };

    public static string TrunkId(JsonElement trunk) => trunk.Text("sipTrunkId", "sip_trunk_id");

    public static LiveKitDispatchRule Rule(JsonElement rule)
    {
        var kind = rule.Object("rule", null, KindOf) ?? new LiveKitDispatchRule();
        return kind with
        {
            Id = rule.Text("sipDispatchRuleId", "sip_dispatch_rule_id"),
            TrunkIds = rule.TextList("trunkIds", "trunk_ids"),
            Numbers = rule.TextList("numbers"),
            Agents = rule.Object(
                "roomConfig",
                "room_config",
                config => config.Objects("agents", null, agent => agent.Text("agentName", "agent_name")) ?? []) ?? [],
        };
    }

    private static LiveKitDispatchRule KindOf(JsonElement rule) =>
        rule.Object("dispatchRuleDirect", "dispatch_rule_direct", direct => Read(LiveKitRuleKind.Direct, direct))
        ?? rule.Object("dispatchRuleIndividual", "dispatch_rule_individual", one => Read(LiveKitRuleKind.Individual, one))
        ?? rule.Object("dispatchRuleCallee", "dispatch_rule_callee", callee => Read(LiveKitRuleKind.Callee, callee))
        ?? new LiveKitDispatchRule();

    private static LiveKitDispatchRule Read(LiveKitRuleKind kind, JsonElement rule) => new()
    {
        Kind = kind,
        Room = kind == LiveKitRuleKind.Direct ? rule.Text("roomName", "room_name") : rule.Text("roomPrefix", "room_prefix"),
        HasPin = rule.Text("pin").Length > 0,
        Randomizes = rule.Flag("randomize"),
    };
}
