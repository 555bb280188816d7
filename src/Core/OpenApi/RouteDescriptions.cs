using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Admin;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Timelines;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>The description of every route, in the order of <see cref="GatewayRoutes.All"/>; a route without one fails a test.</summary>
public static class RouteDescriptions
{
    private const string Webhooks = "webhooks";
    private const string Agents = "agents";
    private const string Calls = "calls";
    private const string Probes = "probes";
    private const string Time = """{"type":"string","format":"date-time"}""";
    private const string Words = """{"enum":["ok","refused","unreachable"]}""";
    private const string Text = """{"type":"string"}""";

    private const string LeaseRequest = """
        {"type":"object","required":["callId","fence","epoch","job"],"properties":{
          "callId":{"type":"string"},"fence":{"type":"string"},"epoch":{"type":"integer","minimum":1},
          "job":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},"renews":{"type":"boolean"}}}
        """;

    private const string ToolRequest = """
        {"type":"object","required":["callId","fence","epoch","job","toolCallId"],"properties":{
          "callId":{"type":"string"},"fence":{"type":"string"},"epoch":{"type":"integer","minimum":1},
          "job":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},
          "toolCallId":{"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$"},"arguments":{"type":"object"}}}
        """;

    private static readonly Answer Twiml =
        new("What Twilio does next, as TwiML.", new Content(Twilio.Documents.Twiml.ContentType) { Schema = Text });

    private static readonly Answer Record = new("The call's record.", Content.Json(JournalJson.Default.CallDetailRecord));
    private static readonly GatewayResponse BadParameter = Problem.BadParameter("");

    private static readonly GatewayResponse[] KeyProblems = [Problem.KeysBusy, Problem.KeysUnavailable];

    private static readonly GatewayResponse[] LeaseProblems =
    [
        BadParameter, Problem.UnknownCall, Problem.LeaseWrongFence, Problem.LeaseTaken, Problem.LeaseSuperseded, Problem.LeaseUndecided,
    ];

    /// <summary>All descriptions.</summary>
    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        FromTwilio(GatewayRoutes.TwilioVoice, "Twilio asks what to do with an incoming call."),
        FromTwilio(GatewayRoutes.TwilioDialResult, "Twilio reports how a Dial to LiveKit or to a human ended, and asks what to do next."),
        FromTwilio(GatewayRoutes.TwilioScreen, "A human picked up: Twilio asks what they are told, and says which key they pressed."),
        FromTwilio(GatewayRoutes.TwilioStatus, "Twilio reports the status of a leg."),
        new(GatewayRoutes.LiveKitWebhook, Webhooks, "LiveKit tells what happens in rooms.")
        {
            Request = new Content("application/webhook+json") { Schema = """{"type":"object"}""" },
            Answers = new Dictionary<int, Answer> { [200] = new("The event is stored, or is about a room of somebody else.") },
            NeedsJournal = true,
        },
        ApiDescriptions.Quality,
        new(GatewayRoutes.CallCost, Calls, "What one call cost, how much of that was waste, and which durations disagree.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The cost sheet.", Content.Json(CostJson.Default.CostSheet)) },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.Metrics, Probes, "The metrics of this process, for Prometheus; not on Azure, where they are exported.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The metrics.", new Content("text/plain") { Schema = Text }) },
            Problems = [Problem.MetricsElsewhere],
        },
        .. KnowledgeDescriptions.All,
        .. EventDescriptions.All,
        new(GatewayRoutes.AgentLease, Agents, "An agent's job asks whether it may speak in its call.")
        {
            Request = Content.Json(LeaseRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("It may, for this time.", Content.Json("""
                    {"type":"object","required":["lease","validSeconds"],"properties":{
                      "lease":{"const":"granted"},"validSeconds":{"type":"number"},"renewSeconds":{"type":"number"}}}
                    """)),
            },
            Problems = LeaseProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.AgentDone, Agents, "An agent's job reports that it has finished.")
        {
            Request = Content.Json(LeaseRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("It is noted.", Content.Json("""{"type":"object","properties":{"done":{"const":true}}}""")),
            },
            Problems = LeaseProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.AgentConsent, Agents, "An agent's job reports whether the caller agrees to a recording.")
        {
            Request = Content.Json(LeaseRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("It is noted.", Content.Json("""{"type":"object","properties":{"consent":{"type":"boolean"}}}""")),
            },
            Problems = LeaseProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.AgentAnsweredBy, Agents, "An agent's job reports who answered an outbound call.")
        {
            Request = Content.Json(LeaseRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("What the job must do then.", Content.Json("""
                    {"type":"object","properties":{"then":{"enum":["go-on","hang-up","leave-message"]}}}
                    """)),
            },
            Problems = LeaseProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.Tool, Agents, "An agent's job uses a tool of its tenant.")
        {
            Request = Content.Json(ToolRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("The result, of this request or of an earlier one.", Content.Json("""
                    {"type":"object","required":["toolCallId","tool","outcome","seconds"],"properties":{
                      "toolCallId":{"type":"string"},"tool":{"type":"string"},
                      "outcome":{"enum":["done","refused","failed","timed_out","unavailable","bad_answer","unknown"]},
                      "seconds":{"type":"number"},"status":{"type":"integer"},"result":{},"say":{"type":"string"}}}
                    """)),
            },
            Problems =
            [
                .. LeaseProblems, Problem.ToolTooLate, Problem.UnknownTool, Problem.BadToolArguments(""), Problem.ToolCallReused,
                Problem.TooManyToolCalls,
            ],
            NeedsJournal = true,
        },
        new(GatewayRoutes.AuthToken, "access", "Exchanges a tenant's API key for an access token.")
        {
            Request = Content.Json(AuthTokenJson.Default.AuthTokenRequest),
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("The token.", Content.Json(AuthTokenJson.Default.AuthTokenAnswer)),
            },
            Problems =
            [
                BadParameter, Problem.BadApiKey, Problem.ApiClosed, Problem.MissingScope(ApiScopeWords.Default), Problem.TooManyRequests,
                .. KeyProblems,
            ],
        },
        new(GatewayRoutes.Jwks, "access", "The public keys of access tokens, if a key pair signs them.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The keys, as a JWK set.", Content.Json(JwksJson.Default.JwksAnswer)) },
        },
        new(GatewayRoutes.KeyMake, "access", "Creates an API key for a tenant. Only this answer shows the key.")
        {
            Answers = new Dictionary<int, Answer> { [201] = new("The key.", Content.Json(KeyJson.Default.MadeKeyAnswer)) },
            Problems = [BadParameter, Problem.OtherTenant, Problem.TooManyKeys],
            NeedsJournal = true,
        },
        new(GatewayRoutes.KeyList, "access", "The stored API keys of a tenant, by their ids.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The keys.", Content.Json(KeyJson.Default.KeyListAnswer)) },
            Problems = [BadParameter, Problem.OtherTenant],
            NeedsJournal = true,
        },
        new(GatewayRoutes.KeyRevoke, "access", "Revokes an API key of a tenant. Its access tokens stay valid until they expire.")
        {
            Query = [new("id", "The key's id, as the list shows it.", Text)],
            Answers = new Dictionary<int, Answer> { [200] = new("It is revoked.", Content.Json(KeyJson.Default.RevokedKeyAnswer)) },
            Problems = [BadParameter, Problem.OtherTenant, Problem.UnknownKey],
            NeedsJournal = true,
        },
        .. ApiDescriptions.All,
        new(GatewayRoutes.Call, Calls, "One call's record.")
        {
            Answers = new Dictionary<int, Answer> { [200] = Record },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallProof, Calls, "One call's history, computed from its stored rows, and whether each promise was kept.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The proof.", Content.Json(ProofJson.Default.CallProof)) },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallTimeline, Calls, "One call on a time axis: who was there, who was heard, what was decided.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The timeline.", Content.Json(TimelineJson.Default.CallTimeline)) },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallEnd, Calls, "Ends a call and disconnects its caller at once. Repeating the request changes nothing.")
        {
            Answers = new Dictionary<int, Answer>
            {
                [200] = Record with { Meaning = "It is over." },
                [202] = Record with { Meaning = "It will be over in a moment." },
            },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.Calls, Calls, "A paged list of calls, newest first; with room, the record of that room's newest call.")
        {
            Query =
            [
                new("state", "Only calls that have not ended, or only calls that have ended.", """{"enum":["active","ended"]}"""),
                new("from", "Only calls of which the gateway learnt at this time or later.", Time),
                new("to", "Only calls of which the gateway learnt before this time.", Time),
                new("tenant", "Only this tenant's calls; only for the operator.", Text),
                new("limit", "The maximum number of calls on a page.", $$"""
                    {"type":"integer","minimum":1,"maximum":{{ListRequest.MaxLimit}},"default":{{ListRequest.DefaultLimit}}}
                    """),
                new("cursor", "The value of next of an earlier page with the same state, from, to and tenant.", Text),
                new(
                    "room",
                    "The name of a room, with + as %2B. Then the answer is one record, and all other parameters are ignored.",
                    Text),
            ],
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("A page, or the record of the room's newest call.", Content.Json(CallListJson.Default.CallListAnswer)),
            },
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        .. ConsoleDescriptions.All,
        new(GatewayRoutes.OpenApi, Probes, "This document.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The document.", Content.Json("""{"type":"object"}""")) },
        },
        Alive(GatewayRoutes.Health, "Answers if the process runs."),
        Alive(GatewayRoutes.HealthAlias, "The same, with the version."),
        new(GatewayRoutes.Ready, Probes, "Whether the journal and LiveKit can be reached.")
        {
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("Both can be reached.", Readiness),
                [503] = new("One of them cannot be reached.", Readiness),
            },
        },
    ];

    private static Content Readiness => Content.Json($$"""
        {"type":"object","properties":{"status":{{Words}},"journal":{{Words}},"livekit":{{Words}} } }
        """);

    private static RouteDescription Alive(GatewayRoute route, string summary) => new(route, Probes, summary)
    {
        Answers = new Dictionary<int, Answer>
        {
            [200] = new("Yes.", Content.Json("""{"type":"object","properties":{"status":{"const":"ok"},"version":{"type":"string"}}}""")),
        },
    };

    private static RouteDescription FromTwilio(GatewayRoute route, string summary) => new(route, Webhooks, summary)
    {
        Request = new Content("application/x-www-form-urlencoded") { Schema = """{"type":"object"}""" },
        Answers = new Dictionary<int, Answer> { [200] = Twiml },
        Problems = [Problem.UnsupportedMediaType],
        NeedsJournal = true,
    };
}
