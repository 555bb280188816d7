using System.Text.Json.Serialization;

namespace VoiceFunctions.Core.LiveKit.Api.Sip;

internal sealed record CreateInboundTrunkRequest(InboundTrunkRequest Trunk);

internal sealed record InboundTrunkRequest(string Name, string AuthUsername, string AuthPassword, string IncludeHeaders)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

internal sealed record CreateDispatchRuleRequest(DispatchRuleRequest DispatchRule);

internal sealed record DispatchRuleRequest(string Name, RuleRequest Rule, IReadOnlyList<string> TrunkIds);

internal sealed record RuleRequest(CalleeRuleRequest DispatchRuleCallee);

internal sealed record CalleeRuleRequest(string RoomPrefix, bool Randomize);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CreateInboundTrunkRequest))]
[JsonSerializable(typeof(CreateDispatchRuleRequest))]
internal sealed partial class LiveKitSipRequestJson : JsonSerializerContext;
