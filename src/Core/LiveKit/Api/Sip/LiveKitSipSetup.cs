using System.Text.Json;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.LiveKit.Api.Sip;

/// <summary>
/// How a LiveKit project is set up for phones: its trunks and dispatch rules. No call needs it; it is for looking at a project and for
/// setting one up. Outcomes, deadlines and tokens are those of <see cref="LiveKitApi"/>.
/// </summary>
public sealed class LiveKitSipSetup(
    HttpMessageInvoker http, LiveKitHost host, LiveKitKeyring keyring, TimeProvider timeProvider, LiveKitApiOptions options)
{
    private static readonly byte[] Everything = "{}"u8.ToArray();

    private readonly TwirpClient twirp = new(http, host, keyring, timeProvider, options);

    /// <summary>Every inbound trunk.</summary>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitInboundTrunk>>> ListInboundTrunksAsync(CancellationToken cancellationToken) =>
        ListAsync("ListSIPInboundTrunk", LiveKitSipJson.Trunk, cancellationToken);

    /// <summary>The ids of every outbound trunk.</summary>
    public Task<LiveKitOutcome<IReadOnlyList<string>>> ListOutboundTrunkIdsAsync(CancellationToken cancellationToken) =>
        ListAsync("ListSIPOutboundTrunk", LiveKitSipJson.TrunkId, cancellationToken);

    /// <summary>Every dispatch rule.</summary>
    public Task<LiveKitOutcome<IReadOnlyList<LiveKitDispatchRule>>> ListDispatchRulesAsync(CancellationToken cancellationToken) =>
        ListAsync("ListSIPDispatchRule", LiveKitSipJson.Rule, cancellationToken);

    /// <summary>
    /// Creates a trunk that takes every called user who proves these credentials, with X-headers as attributes. Not idempotent; a second
    /// one like it is <see cref="LiveKitOutcome{T}.Refused"/>.
    /// </summary>
    public Task<LiveKitOutcome<LiveKitInboundTrunk>> CreateInboundTrunkAsync(
        string name, SipCredentials credentials, CancellationToken cancellationToken) =>
        CreateAsync(
            "CreateSIPInboundTrunk",
            JsonSerializer.SerializeToUtf8Bytes(
                new CreateInboundTrunkRequest(new InboundTrunkRequest(name, credentials.Username, credentials.Password, "SIP_X_HEADERS")),
                LiveKitSipRequestJson.Default.CreateInboundTrunkRequest),
            answer => LiveKitSipJson.Trunk(answer) is { Id: not "" } trunk ? trunk : null,
            cancellationToken);

    /// <summary>
    /// Creates the rule that brings a trunk's calls into rooms named <c>{prefix}_{called user}</c>. Not idempotent; a second one for the
    /// trunk is <see cref="LiveKitOutcome{T}.Refused"/>.
    /// </summary>
    public Task<LiveKitOutcome<LiveKitDispatchRule>> CreateCalleeRuleAsync(
        string name, string trunkId, string roomPrefix, CancellationToken cancellationToken) =>
        CreateAsync(
            "CreateSIPDispatchRule",
            JsonSerializer.SerializeToUtf8Bytes(
                new CreateDispatchRuleRequest(
                    new DispatchRuleRequest(name, new RuleRequest(new CalleeRuleRequest(roomPrefix, Randomize: false)), [trunkId])),
                LiveKitSipRequestJson.Default.CreateDispatchRuleRequest),
            answer => LiveKitSipJson.Rule(answer) is { Id: not "" } rule ? rule : null,
            cancellationToken);

    private Task<LiveKitOutcome<IReadOnlyList<T>>> ListAsync<T>(
        string method, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        twirp.CallAsync(
            new TwirpCall<IReadOnlyList<T>>(
                $"SIP/{method}", TwirpEffect.Read, LiveKitGrants.SetUpSip, Everything, answer => answer.Objects("items", null, read)),
            cancellationToken);

    private Task<LiveKitOutcome<T>> CreateAsync<T>(
        string method, byte[] body, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class =>
        twirp.CallAsync(
            new TwirpCall<T>($"SIP/{method}", TwirpEffect.Create, LiveKitGrants.SetUpSip, body, read), cancellationToken);
}
