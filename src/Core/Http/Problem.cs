using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http.Scopes;

namespace VoiceFunctions.Core.Http;

/// <summary>
/// The errors that the gateway answers: RFC 9457 problems with stable types. They tell the sender what to do and nothing about the inside.
/// </summary>
public static class Problem
{
    /// <summary>The media type of a problem.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>No route has this path.</summary>
    public static GatewayResponse UnknownRoute { get; } = Of(404, "unknown-route", "There is no such route.");

    /// <summary>The host cannot keep an answer open.</summary>
    public static GatewayResponse NoStream { get; } =
        Of(404, "no-stream", "This host sends no events as they happen. Ask GET /console/calls again and again.");

    /// <summary>The request is not signed by whom the route expects.</summary>
    public static GatewayResponse BadSignature { get; } =
        Of(401, "bad-signature", "The signature is missing or not valid for this request.");

    /// <summary>The key is missing or wrong.</summary>
    public static GatewayResponse BadKey { get; } = Of(401, "bad-key", "This route needs the operator's key.");

    /// <summary>No key is set, so nobody may read.</summary>
    public static GatewayResponse DiagnosticsClosed { get; } =
        Of(403, "diagnostics-closed", "Nobody may read calls here until DIAGNOSTICS_KEY is set in the gateway's settings.");

    /// <summary>Nothing signs access tokens, so nobody may call the API.</summary>
    public static GatewayResponse ApiClosed { get; } =
        Of(
        403,
        "api-closed",
        "Nobody may call the API until API_TOKEN_SECRET or API_TOKEN_PRIVATE_KEY is set in the gateway's settings, and API_KEYS or the "
            + "stored keys have a tenant.");

    /// <summary>The access token is missing, not ours, or no longer good.</summary>
    public static GatewayResponse BadAccessToken { get; } =
        Of(401, "bad-access-token", "This route needs an access token of POST /auth/token that is still good.");

    /// <summary>The tenant's key is wrong, or there is no such tenant.</summary>
    public static GatewayResponse BadApiKey { get; } = Of(401, "bad-api-key", "There is no such tenant, or the key is not its own.");

    /// <summary>The store of the keys is away.</summary>
    public static GatewayResponse KeysUnavailable { get; } =
        Of(503, "keys-unavailable", "The keys cannot be read just now. Ask again.") with { RetryAfterSeconds = 1 };

    /// <summary>More keys are being checked than this process takes on at once.</summary>
    public static GatewayResponse KeysBusy { get; } =
        Of(503, "keys-busy", "Too many keys are being checked just now. Ask again.") with { RetryAfterSeconds = 1 };

    /// <summary>The keys of the directory that issued the token cannot be had.</summary>
    public static GatewayResponse IssuerUnavailable { get; } =
        Of(503, "issuer-unavailable", "The directory that issued the token cannot be asked just now. Ask again.") with
        {
            RetryAfterSeconds = 1,
        };

    /// <summary>The tenant has no stored key of this id.</summary>
    public static GatewayResponse UnknownKey { get; } = Of(404, "unknown-key", "The tenant has no stored key of this id.");

    /// <summary>The tenant has as many keys as it may have.</summary>
    public static GatewayResponse TooManyKeys { get; } =
        Of(409, "too-many-keys", "The tenant has as many keys as it may have. Revoke one first.");

    /// <summary>The idempotency key was used for another request.</summary>
    public static GatewayResponse KeyReused { get; } =
        Of(422, "idempotency-key-reused", "This idempotency key began another call. Use a key of its own for each call.");

    /// <summary>The tenant has made as many requests as it may.</summary>
    public static GatewayResponse TooManyRequests { get; } =
        Of(429, "too-many-requests", "The tenant has made as many requests as it may. Ask again after the seconds of Retry-After.") with
        {
            RetryAfterSeconds = 1,
        };

    /// <summary>All places for calls of the tenant or the route are taken.</summary>
    public static GatewayResponse TooManyCalls { get; } =
        Of(429, "too-many-calls", "As many calls go on as there may be. Ask again when one of them has ended.") with
        {
            RetryAfterSeconds = 5,
        };

    /// <summary>The request names another tenant than its access token.</summary>
    public static GatewayResponse OtherTenant { get; } =
        Of(403, "other-tenant", "The tenant in the request is not the one of the access token.");

    /// <summary>The call is over, so that nobody can join it or be handed over any more.</summary>
    public static GatewayResponse CallOver { get; } =
        Of(409, "call-over", "The call is over. Begin another one, under a name or key of its own.");

    /// <summary>There is no trunk to call over.</summary>
    public static GatewayResponse NoOutboundTrunk { get; } = Of(
        503, "no-outbound-trunk", "No phone can be called until LIVEKIT_SIP_OUTBOUND_TRUNK_ID is set in the gateway's settings.");

    /// <summary>New calls are switched off.</summary>
    public static GatewayResponse TelephonyDisabled { get; } =
        Of(503, "telephony-disabled", "New calls are not accepted just now. Calls that go on are not touched.");

    /// <summary>The LiveKit token is missing, not valid, not the asking job's own, or not for the room in question.</summary>
    public static GatewayResponse BadToken { get; } =
        Of(401, "bad-token", "This route needs the asking job's own LiveKit access token, good for the call's room.");

    /// <summary>The call never sent an agent with that fence and epoch.</summary>
    public static GatewayResponse LeaseWrongFence { get; } =
        Of(403, "agent-lease-wrong-fence", "The call sent no agent with this fence and epoch. Leave.");

    /// <summary>Another job is the one.</summary>
    public static GatewayResponse LeaseTaken { get; } = Of(409, "agent-lease-taken", "Another job has the lease. Leave.");

    /// <summary>The call needs this agent no more.</summary>
    public static GatewayResponse LeaseSuperseded { get; } =
        Of(409, "agent-lease-superseded", "The call is over, goes to a human or has another agent. Leave.");

    /// <summary>Which agent is the one is being decided just now.</summary>
    public static GatewayResponse LeaseUndecided { get; } =
        Of(503, "agent-lease-undecided", "It is not decided yet. Ask again.") with { RetryAfterSeconds = 1 };

    /// <summary>The caller is not in the room, so that there is nobody to hand over.</summary>
    public static GatewayResponse NoCaller { get; } = Of(409, "no-caller", "The caller is not in the room. Ask again when they are.");

    /// <summary>A human has the caller, or is being called because no agent spoke.</summary>
    public static GatewayResponse AlreadyHandedOver { get; } = Of(409, "already-handed-over", "The caller goes to a human already.");

    /// <summary>The call has had so many handoffs that no further one is taken.</summary>
    public static GatewayResponse TooManyHandoffs { get; } = Of(409, "too-many-handoffs", "The call has had too many handoffs.");

    /// <summary>No handoff was asked for.</summary>
    public static GatewayResponse NoHandoff { get; } = Of(404, "no-handoff", "No handoff of this call was asked for.");

    /// <summary>No queue has this name.</summary>
    public static GatewayResponse UnknownQueue { get; } = Of(404, "unknown-queue", "The routes have no queue of this name.");

    /// <summary>An agent named a number that its route does not let it name.</summary>
    public static GatewayResponse NumberNotAllowed { get; } =
        Of(403, "number-not-allowed", "The route does not let its agent name this number. Name a queue.");

    /// <summary>Nobody can be dialled.</summary>
    public static GatewayResponse NoTrunk { get; } =
        Of(409, "no-trunk", "Nobody can be dialled until LIVEKIT_SIP_OUTBOUND_TRUNK_ID is set in the gateway's settings.");

    /// <summary>This host cannot give callers of Twilio's away.</summary>
    public static GatewayResponse NoTransfer { get; } =
        Of(409, "no-transfer", "This gateway cannot transfer callers of Twilio's. Ask for a warm handoff.");

    /// <summary>The call's tenant has no tool of this name.</summary>
    public static GatewayResponse UnknownTool { get; } = Of(404, "unknown-tool", "This call has no tool of this name.");

    /// <summary>The call has ended, so no tool is used any more.</summary>
    public static GatewayResponse ToolTooLate { get; } = Of(409, "tool-too-late", "The call has ended. No tool is used any more.");

    /// <summary>The call has used tools so often that it may not any more.</summary>
    public static GatewayResponse TooManyToolCalls { get; } = Of(409, "too-many-tool-calls", "The call has used too many tools.");

    /// <summary>The tool call's id was used for something else.</summary>
    public static GatewayResponse ToolCallReused { get; } = Of(
        422, "tool-call-id-reused", "This toolCallId was used for another tool or other arguments. Use an id of its own for each use.");

    /// <summary>The arguments are not as the tool's schema says.</summary>
    public static GatewayResponse BadToolArguments(string detail) => Of(422, "bad-tool-arguments", detail);

    /// <summary>The body is larger, or has more fields, than the route reads.</summary>
    public static GatewayResponse TooLarge { get; } = Of(413, "too-large", "The body is larger than this route reads.");

    /// <summary>The body's media type is not the route's.</summary>
    public static GatewayResponse UnsupportedMediaType { get; } = Of(415, "unsupported-media-type", "This route reads another media type.");

    /// <summary>The event could not be recorded; the sender must offer it again.</summary>
    public static GatewayResponse NotRecorded { get; } =
        Of(503, "not-recorded", "The event could not be recorded. Send it again.") with { RetryAfterSeconds = 1 };

    /// <summary>What was asked for could not be read just now.</summary>
    public static GatewayResponse JournalUnavailable { get; } =
        Of(503, "journal-unavailable", "The journal cannot be read just now. Ask again.") with { RetryAfterSeconds = 1 };

    /// <summary>Something that should not happen.</summary>
    public static GatewayResponse Internal { get; } = Of(500, "internal", "The gateway failed.");

    /// <summary>No call has this id or room.</summary>
    public static GatewayResponse UnknownCall { get; } = Of(404, "unknown-call", "There is no such call.");

    /// <summary>No dead letter has this id.</summary>
    public static GatewayResponse UnknownDeadLetter { get; } = Of(404, "unknown-dead-letter", "There is no such dead letter.");

    /// <summary>The dead letter's destination is in the settings no more.</summary>
    public static GatewayResponse NoDestination { get; } =
        Of(409, "no-destination", "The settings have no destination of this dead letter's name any more.");

    /// <summary>The destination did not take the dead letter this time either.</summary>
    public static GatewayResponse NotDelivered { get; } =
        Of(502, "not-delivered", "The destination did not take the event this time either. The dead letter is kept.");

    /// <summary>The call has ended, so nothing of it can be recorded any more.</summary>
    public static GatewayResponse RecordingTooLate { get; } =
        Of(409, "recording-too-late", "The call has ended. Nothing of it can be recorded any more.");

    /// <summary>The call's route has no calls recorded.</summary>
    public static GatewayResponse RecordingOff { get; } =
        Of(409, "recording-off", "The call's route has no \"recording\", so nobody can say how and where.");

    /// <summary>The call has been over for so long that nothing is noted of its quality any more.</summary>
    public static GatewayResponse QualityTooLate { get; } =
        Of(409, "quality-too-late", "The call is over. What is reported of it now is not kept.");

    /// <summary>Whoever is reported on is not in the call as far as is known.</summary>
    public static GatewayResponse UnknownParticipant { get; } = Of(
        409, "unknown-participant", "The call knows no such participant. It is known a moment after it joined: send the report again.");

    /// <summary>This host's metrics leave by another way.</summary>
    public static GatewayResponse MetricsElsewhere { get; } = Of(
        404, "metrics-elsewhere", "This host has no metrics to read. It exports them: set OTEL_EXPORTER_OTLP_ENDPOINT or Azure Monitor.");

    /// <summary>Whoever is to be called may not be called at that time.</summary>
    /// <param name="opens">When they may be; <c>null</c> for never.</param>
    public static GatewayResponse OutsideCallingHours(DateTimeOffset? opens) => Of(
        422,
        "outside-calling-hours",
        opens is { } time
            ? $"The route's calling hours are closed where this number is. They open at {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: "
                + "ask with that as notBefore."
            : "The route's calling hours are never open in all the time zones in which this number may be.");

    /// <summary>The access token is good, but not for this.</summary>
    public static GatewayResponse MissingScope(ApiScopes needed) => Of(
        403, "missing-scope", $"This needs the scope '{ApiScopeWords.TextOf(needed)}', which the tenant or its token does not have.");

    /// <summary>A parameter is missing or malformed.</summary>
    public static GatewayResponse BadParameter(string detail) => Of(400, "bad-parameter", detail);

    /// <summary>This host keeps no documents.</summary>
    public static GatewayResponse KnowledgeOff { get; } =
        Of(503, "knowledge-off", "No documents are kept here until KNOWLEDGE_PATH or AZURE_SEARCH_ENDPOINT is set in the settings.");

    /// <summary>The store of documents does not answer.</summary>
    public static GatewayResponse KnowledgeUnavailable { get; } =
        Of(503, "knowledge-unavailable", "The documents cannot be reached just now. Send it again.") with { RetryAfterSeconds = 1 };

    /// <summary>The tenant has as many documents as it may have.</summary>
    public static GatewayResponse KnowledgeFull { get; } =
        Of(409, "knowledge-full", "The tenant has 10,000 documents and may have no more. Delete one, or send one under its id.");

    /// <summary>The tenant has no document of this id.</summary>
    public static GatewayResponse UnknownDocument { get; } = Of(404, "unknown-document", "There is no such document.");

    /// <summary>A call whose agent asks is no tenant's.</summary>
    public static GatewayResponse NoTenant { get; } =
        Of(409, "no-tenant", "The call is no tenant's, so there are no documents to ask.");

    /// <summary>The call's id in the path is none.</summary>
    public static GatewayResponse BadCallId { get; } = BadParameter($"A call id has {CallId.Length} characters out of a-z and 2-7.");

    /// <summary>The route answers other methods.</summary>
    public static GatewayResponse WrongMethod(string allowed) =>
        Of(405, "wrong-method", $"This route answers {allowed} only.") with { Allow = allowed };

    private static GatewayResponse Of(int status, string type, string detail) => new(
        status,
        ContentType,
        JsonSerializer.SerializeToUtf8Bytes(
            new ProblemJson($"urn:voicefunctions:problem:{type}", type.Replace('-', ' '), status, detail),
            ProblemContext.Default.ProblemJson));
}

internal sealed record ProblemJson(string Type, string Title, int Status, string Detail);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProblemJson))]
internal sealed partial class ProblemContext : JsonSerializerContext;
