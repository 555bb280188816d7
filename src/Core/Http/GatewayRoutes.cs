using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Proofs;

namespace VoiceFunctions.Core.Http;

/// <summary>Every route of the gateway, in one place. Hosts map these; a test compares them with what each host maps.</summary>
public static class GatewayRoutes
{
    /// <summary>The largest Twilio form in bytes. Twilio's own fields come to about 2 KB; the CallToken can add several more.</summary>
    public const int TwilioMaxBodyBytes = 64 * 1024;

    /// <summary>
    /// The largest LiveKit webhook in bytes: room and participant metadata of 512 KiB each (LiveKit's limit), doubled by JSON
    /// escapes, and room for the rest.
    /// </summary>
    public const int LiveKitMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The largest request of an agent's job in bytes; its fields come to about 200.</summary>
    public const int AgentMaxBodyBytes = 4 * 1024;

    /// <summary>The largest tool call in bytes; its arguments are the largest part.</summary>
    public const int ToolMaxBodyBytes = 16 * 1024;

    /// <summary>The largest request of the API in bytes; a call's metadata or a handoff's transcript is the largest part.</summary>
    public const int ApiMaxBodyBytes = 64 * 1024;

    /// <summary>The largest document in bytes, with its metadata and JSON escapes; the text itself may have half of that.</summary>
    public const int IngestMaxBodyBytes = 1024 * 1024;

    /// <summary>Twilio asks what to do with an incoming call; the answer is TwiML.</summary>
    public static GatewayRoute TwilioVoice { get; } = new("TwilioVoice", "POST", "twilio/voice", RouteAccess.Twilio, TwilioMaxBodyBytes);

    /// <summary>Twilio reports how a Dial to LiveKit or to a human ended (its action URL); the answer is TwiML.</summary>
    public static GatewayRoute TwilioDialResult { get; } =
        new("TwilioDialResult", "POST", "twilio/dial-result", RouteAccess.Twilio, TwilioMaxBodyBytes);

    /// <summary>A human has picked up. Twilio asks what to say, and reports the key that they pressed; the answer is TwiML.</summary>
    public static GatewayRoute TwilioScreen { get; } = new("TwilioScreen", "POST", "twilio/screen", RouteAccess.Twilio, TwilioMaxBodyBytes);

    /// <summary>Twilio's status callbacks of the caller's and the LiveKit leg.</summary>
    public static GatewayRoute TwilioStatus { get; } = new("TwilioStatus", "POST", "twilio/status", RouteAccess.Twilio, TwilioMaxBodyBytes);

    /// <summary>LiveKit's webhooks.</summary>
    public static GatewayRoute LiveKitWebhook { get; } =
        new("LiveKitWebhook", "POST", "livekit/webhook", RouteAccess.LiveKit, LiveKitMaxBodyBytes);

    /// <summary>An agent's job asks whether it is the one that may speak.</summary>
    public static GatewayRoute AgentLease { get; } =
        new("AgentLease", "POST", "agents/lease", RouteAccess.Token, AgentMaxBodyBytes) { MayRecordEvents = false };

    /// <summary>An agent's job says that it has finished.</summary>
    public static GatewayRoute AgentDone { get; } = new("AgentDone", "POST", "agents/done", RouteAccess.Token, AgentMaxBodyBytes);

    /// <summary>The voice agent says whether the caller agrees to a recording.</summary>
    public static GatewayRoute AgentConsent { get; } =
        new("AgentConsent", "POST", "agents/consent", RouteAccess.Token, AgentMaxBodyBytes);

    /// <summary>Somebody requests that a call is recorded.</summary>
    public static GatewayRoute RecordingStart { get; } =
        new("RecordingStart", "POST", "calls/{callId}/recording/start", RouteAccess.ApiOrKey, AgentMaxBodyBytes)
        {
            Scope = ApiScopes.Calls,
        };

    /// <summary>Somebody requests that a call is not recorded any more.</summary>
    public static GatewayRoute RecordingStop { get; } =
        new("RecordingStop", "POST", "calls/{callId}/recording/stop", RouteAccess.ApiOrKey, AgentMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>Somebody requests a pause of a call's recording.</summary>
    public static GatewayRoute RecordingPause { get; } =
        new("RecordingPause", "POST", "calls/{callId}/recording/pause", RouteAccess.ApiOrKey, AgentMaxBodyBytes)
        {
            Scope = ApiScopes.Calls,
        };

    /// <summary>An agent's job reports who answered an outbound call.</summary>
    public static GatewayRoute AgentAnsweredBy { get; } =
        new("AgentAnsweredBy", "POST", "agents/answered-by", RouteAccess.Token, AgentMaxBodyBytes);

    /// <summary>An agent's job uses a tool of its tenant.</summary>
    public static GatewayRoute Tool { get; } =
        new("Tool", "POST", "tools/{name}", RouteAccess.Token, ToolMaxBodyBytes) { MayRecordEvents = false };

    /// <summary>A tenant requests a call to a phone.</summary>
    public static GatewayRoute CreateCall { get; } =
        new("CreateCall", "POST", "calls", RouteAccess.Api, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>The same under another name.</summary>
    public static GatewayRoute CreateTelephonyCall { get; } =
        new("CreateTelephonyCall", "POST", "telephony/calls", RouteAccess.Api, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>A tenant exchanges its API key for an access token.</summary>
    public static GatewayRoute AuthToken { get; } =
        new("AuthToken", "POST", "auth/token", RouteAccess.Open, AgentMaxBodyBytes) { MayRecordEvents = false };

    /// <summary>The public keys of access tokens.</summary>
    public static GatewayRoute Jwks { get; } = new("Jwks", "GET", ".well-known/jwks.json", RouteAccess.Open, 0);

    /// <summary>Creates a further API key of a tenant.</summary>
    public static GatewayRoute KeyMake { get; } = Keys("KeyMake", "POST");

    /// <summary>Lists the stored API keys of a tenant.</summary>
    public static GatewayRoute KeyList { get; } = Keys("KeyList", "GET");

    /// <summary>Revokes an API key of a tenant: <c>?id=</c>.</summary>
    public static GatewayRoute KeyRevoke { get; } = Keys("KeyRevoke", "DELETE");

    /// <summary>An agent or an operator requests a human for a call, or the status of that request.</summary>
    public static GatewayRoute CallHandoff { get; } =
        new("CallHandoff", "POST", "calls/{callId}/handoff", RouteAccess.ApiOrTokenOrKey, ApiMaxBodyBytes)
        {
            Scope = ApiScopes.Handoff,
        };

    /// <summary>The same with the call's id in the body.</summary>
    public static GatewayRoute Handoff { get; } =
        new("Handoff", "POST", "handoff", RouteAccess.ApiOrTokenOrKey, ApiMaxBodyBytes) { Scope = ApiScopes.Handoff };

    /// <summary>A tenant, or the agent of its call, searches the tenant's documents.</summary>
    public static GatewayRoute RagQuery { get; } =
        new("RagQuery", "POST", "rag/query", RouteAccess.ApiOrToken, ApiMaxBodyBytes)
        {
            Scope = ApiScopes.Calls,
            MayRecordEvents = false,
        };

    /// <summary>A tenant sends a document.</summary>
    public static GatewayRoute Ingest { get; } =
        new("Ingest", "POST", "ingest", RouteAccess.Api, IngestMaxBodyBytes) { Scope = ApiScopes.Ingest, MayRecordEvents = false };

    /// <summary>The status of a document.</summary>
    public static GatewayRoute Document { get; } =
        new("Document", "GET", "ingest/{document_id}", RouteAccess.Api, 0) { Scope = ApiScopes.Ingest };

    /// <summary>A tenant deletes a document.</summary>
    public static GatewayRoute DocumentDelete { get; } =
        new("DocumentDelete", "DELETE", "ingest/{document_id}", RouteAccess.Api, 0) { Scope = ApiScopes.Ingest, MayRecordEvents = false };

    /// <summary>A tenant starts a call whose caller joins with a token.</summary>
    public static GatewayRoute CallStart { get; } =
        new("CallStart", "POST", "call/start", RouteAccess.Api, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>The status of such a call.</summary>
    public static GatewayRoute CallState { get; } =
        new("CallState", "GET", "call/{callId}", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>A tenant starts such a call with the name of a session.</summary>
    public static GatewayRoute Session { get; } =
        new("Session", "POST", "session", RouteAccess.Api, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>Ends a call; the answer is that of calls without a phone.</summary>
    public static GatewayRoute CallStop { get; } =
        new("CallStop", "POST", "call/{callId}/end", RouteAccess.ApiOrKey, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>Ends the call of a session.</summary>
    public static GatewayRoute SessionEnd { get; } =
        new("SessionEnd", "POST", "session/end", RouteAccess.Api, AgentMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>A tenant gets a token with which somebody else joins a call.</summary>
    public static GatewayRoute CallTokens { get; } =
        new("CallTokens", "POST", "calls/{callId}/tokens", RouteAccess.Api, AgentMaxBodyBytes)
        {
            Scope = ApiScopes.Calls,
            MayRecordEvents = false,
        };

    /// <summary>An agent or a client reports the measured quality of a leg, and the agent's latency.</summary>
    public static GatewayRoute CallQuality { get; } =
        new("CallQuality", "POST", "calls/{callId}/quality", RouteAccess.ApiOrToken, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>What one call cost, computed from its stored rows.</summary>
    public static GatewayRoute CallCost { get; } =
        new("CallCost", "GET", "calls/{callId}/cost", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>One call's record.</summary>
    public static GatewayRoute Call { get; } = new("Call", "GET", "calls/{callId}", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>One call's story, computed from its stored rows, and what it promises.</summary>
    public static GatewayRoute CallProof { get; } = new("CallProof", "GET", "calls/{callId}/proof", RouteAccess.Keyed, 0);

    /// <summary>One call on one axis of time.</summary>
    public static GatewayRoute CallTimeline { get; } =
        new("CallTimeline", "GET", "calls/{callId}/timeline", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>Ends a call.</summary>
    public static GatewayRoute CallEnd { get; } =
        new("CallEnd", "POST", "calls/{callId}/end", RouteAccess.ApiOrKey, ApiMaxBodyBytes) { Scope = ApiScopes.Calls };

    /// <summary>The calls, the newest first, and the newest call of a room: <c>?room=</c>.</summary>
    public static GatewayRoute Calls { get; } = new("Calls", "GET", "calls", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>Lifecycle events that could not be delivered to a destination.</summary>
    public static GatewayRoute DeadLetters { get; } =
        new("DeadLetters", "GET", "events/dead", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>Delivers one of them again.</summary>
    public static GatewayRoute DeadLetterReplay { get; } =
        new("DeadLetterReplay", "POST", "events/dead/{id}/replay", RouteAccess.ApiOrKey, AgentMaxBodyBytes)
        {
            Scope = ApiScopes.Calls,
            MayRecordEvents = false,
        };

    /// <summary>The page of the console.</summary>
    public static GatewayRoute ConsolePage { get; } = new("ConsolePage", "GET", "console", RouteAccess.Open, 0);

    /// <summary>A file of that page.</summary>
    public static GatewayRoute ConsoleFile { get; } = new("ConsoleFile", "GET", "console/{file}", RouteAccess.Open, 0);

    /// <summary>The running calls, for the console.</summary>
    public static GatewayRoute ConsoleCalls { get; } =
        new("ConsoleCalls", "GET", "console/calls", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>The same whenever it has changed, as server-sent events.</summary>
    public static GatewayRoute ConsoleStream { get; } =
        new("ConsoleStream", "GET", "console/stream", RouteAccess.ApiOrKey, 0) { Scope = ApiScopes.Calls };

    /// <summary>The OpenAPI document of every route.</summary>
    public static GatewayRoute OpenApi { get; } = new("OpenApi", "GET", "openapi.json", RouteAccess.Open, 0);

    /// <summary>Answers if the process runs. Checks nothing else.</summary>
    public static GatewayRoute Health { get; } = new("Health", "GET", "healthz", RouteAccess.Open, 0);

    /// <summary>The same under another name.</summary>
    public static GatewayRoute HealthAlias { get; } = new("HealthAlias", "GET", "health", RouteAccess.Open, 0);

    /// <summary>The metrics of this process in Prometheus' text format.</summary>
    public static GatewayRoute Metrics { get; } = new("Metrics", "GET", "metrics", RouteAccess.Metrics, 0);

    /// <summary>Whether the journal and LiveKit can be reached.</summary>
    public static GatewayRoute Ready { get; } = new("Ready", "GET", "readyz", RouteAccess.Open, 0);

    /// <summary>All routes.</summary>
    public static IReadOnlyList<GatewayRoute> All { get; } =
    [
        TwilioVoice, TwilioDialResult, TwilioScreen, TwilioStatus, LiveKitWebhook,
        CallQuality, CallCost, Metrics, RagQuery, Ingest, Document, DocumentDelete, DeadLetters, DeadLetterReplay,
        AgentLease, AgentDone, AgentConsent, AgentAnsweredBy, Tool,
        AuthToken, Jwks, KeyMake, KeyList, KeyRevoke, CallStart, CallState, CallStop, Session, SessionEnd, CallTokens,
        CallHandoff, Handoff, RecordingStart, RecordingStop, RecordingPause,
        CreateCall, CreateTelephonyCall, Call, CallProof, CallTimeline, CallEnd, Calls,
        ConsolePage, ConsoleCalls, ConsoleStream, ConsoleFile, OpenApi, Health, HealthAlias, Ready,
    ];

    private static readonly Dictionary<string, GatewayRoute[]>.AlternateLookup<ReadOnlySpan<char>> Literal = All
        .Where(route => !route.HasParameter)
        .GroupBy(route => route.Template, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(routes => routes.Key, routes => routes.ToArray(), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly GatewayRoute[] Parametrised = [.. All.Where(route => route.HasParameter)];

    /// <summary>
    /// Finds the route of a received path and method. If the path has routes, but none for this method, it is one of them. If no route has
    /// the path, it is <c>null</c>. A literal path takes precedence over a path with parameters.
    /// </summary>
    public static GatewayRoute? Find(ReadOnlySpan<char> rawPath, string method)
    {
        if (rawPath is ['/', .. var path] && Literal.TryGetValue(path is [.. var bare, '/'] ? bare : path, out var literals))
        {
            foreach (var route in literals)
            {
                if (route.Answers(method))
                {
                    return route;
                }
            }

            return literals[0];
        }

        GatewayRoute? other = null;
        foreach (var route in Parametrised)
        {
            if (route.Matches(rawPath))
            {
                if (route.Answers(method))
                {
                    return route;
                }

                other = route;
            }
        }

        return other;
    }

    /// <summary>All methods that are possible for the path of a route, including those of other routes.</summary>
    public static IEnumerable<string> MethodsOf(GatewayRoute route) =>
        All.Where(other => other.Template == route.Template).SelectMany(other => other.Methods);

    private static GatewayRoute Keys(string name, string method) =>
        new(name, method, "admin/tenants/{tenant}/keys", RouteAccess.ApiOrKey, method == "POST" ? AgentMaxBodyBytes : 0)
        {
            Scope = ApiScopes.Admin,
            MayRecordEvents = false,
        };
}
