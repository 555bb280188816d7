using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Quality;
using VoiceFunctions.Core.Requests;
using VoiceFunctions.Core.Sessions;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>The descriptions of the routes with which calls are begun, ended, handed over and recorded.</summary>
internal static class ApiDescriptions
{
    private const string Calls = "calls";
    private const string Sessions = "sessions";

    private const string HandoffBody = """
        {"type":"object","properties":{
          "call_id":{"type":"string"},"reason":{"type":"string"},"queue":{"type":"string"},"agent_queue":{"type":"string"},
          "to":{"type":"string"},"mode":{"enum":["warm","cold"],"default":"warm"},"context":{"type":"object"},
          "callId":{"type":"string"},"fence":{"type":"string"},"epoch":{"type":"integer","minimum":1},"job":{"type":"string"}}}
        """;

    private const string HandoffState = """
        {"type":"object","required":["status","handoff","mode","estimated_wait_seconds","context"],"properties":{
          "status":{"type":"string"},"handoff":{"type":"integer"},"mode":{"enum":["warm","cold"]},"queue":{"type":["string","null"]},
          "estimated_wait_seconds":{"type":"integer"},"failure":{"type":"string"},
          "url":{"type":"string"},"token":{"type":"string"},"room":{"type":"string"},"context":{"type":"object"}}}
        """;

    private const string QualityBody = """
        {"type":"object","required":["samples"],"properties":{
          "participant":{"type":"string"},"final":{"type":"boolean"},
          "samples":{"type":"array","maxItems":500,"items":{"type":"object"}}}}
        """;

    private static readonly GatewayResponse BadParameter = Problem.BadParameter("");

    private static readonly GatewayResponse[] BeginProblems =
        [
            BadParameter, Problem.OtherTenant, Problem.KeyReused, Problem.CallOver, Problem.TelephonyDisabled, Problem.TooManyCalls,
        ];

    /// <summary>The descriptions, in the order of the routes.</summary>
    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        new(GatewayRoutes.CallStart, Sessions, "Starts a call whose caller joins with the token of the answer.")
        {
            Request = Content.Json(SessionJson.Default.CallStartRequest),
            Answers = Ok("The call, and the caller's token.", Content.Json(SessionJson.Default.CallStartAnswer)),
            Problems = BeginProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallState, Sessions, "The status of such a call.")
        {
            Answers = Ok("The status.", State),
            Problems = [Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallStop, Sessions, "Ends a call. Repeating the request changes nothing.")
        {
            Answers = OverOrSoon(State),
            Problems = [Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.Session, Sessions, "Starts a call with the name of a session; the same name gives the same call.")
        {
            Request = Content.Json(SessionWebJson.Default.SessionRequest),
            Answers = Ok("The call, and the caller's token.", Content.Json(SessionWebJson.Default.SessionAnswer)),
            Problems = BeginProblems,
            NeedsJournal = true,
        },
        new(GatewayRoutes.SessionEnd, Sessions, "Ends the call of a session, by its name or room. Repeating the request changes nothing.")
        {
            Request = Content.Json(SessionWebJson.Default.SessionEndRequest),
            Answers = OverOrSoon(Content.Json(SessionWebJson.Default.SessionEndAnswer)),
            Problems = [BadParameter, Problem.UnknownCall],
            NeedsJournal = true,
        },
        new(GatewayRoutes.CallTokens, Sessions, "Creates a LiveKit token with which a human, a listener or a bot joins a call.")
        {
            Request = Content.Json(SessionWebJson.Default.CallTokenRequest),
            Answers = Ok("The token.", Content.Json(SessionWebJson.Default.CallTokenAnswer)),
            Problems = [BadParameter, Problem.UnknownCall, Problem.CallOver],
            NeedsJournal = true,
        },
        Handoff(GatewayRoutes.CallHandoff, "An agent or an operator requests a human for a call, or the status of that request."),
        Handoff(GatewayRoutes.Handoff, "The same, with the call's id in the body."),
        Recording(GatewayRoutes.RecordingStart, "Starts or continues the recording of a call."),
        Recording(GatewayRoutes.RecordingStop, "Stops the recording of a call."),
        Recording(GatewayRoutes.RecordingPause, "Pauses the recording of a call."),
        Dial(GatewayRoutes.CreateCall, "Calls a phone for a tenant. The answer comes when the request is stored; the phone rings later."),
        Dial(GatewayRoutes.CreateTelephonyCall, "The same under another name."),
    ];

    /// <summary>The description of the reports of quality.</summary>
    public static RouteDescription Quality { get; } =
        new(GatewayRoutes.CallQuality, Calls, "An agent, a client or a tenant reports the measured quality of a participant.")
        {
            Request = Content.Json(QualityBody),
            Answers = new Dictionary<int, Answer>
            {
                [202] = new("The number of values, and the spikes that they proved.", Content.Json(QualityJson.Default.QualityAnswer)),
            },
            Problems = [BadParameter, Problem.UnknownCall, Problem.UnknownParticipant, Problem.QualityTooLate],
            NeedsJournal = true,
        };

    private static Content State => Content.Json(SessionJson.Default.CallStateAnswer);

    private static Dictionary<int, Answer> Ok(string meaning, Content content) => new() { [200] = new(meaning, content) };

    private static Dictionary<int, Answer> OverOrSoon(Content content) => new()
    {
        [200] = new("It is over.", content),
        [202] = new("It will be over in a moment.", content),
    };

    private static RouteDescription Handoff(GatewayRoute route, string summary) => new(route, Calls, summary)
    {
        Request = Content.Json(HandoffBody),
        Answers = Ok("The status of the handoff.", Content.Json(HandoffState)),
        Problems =
        [
            BadParameter, Problem.UnknownCall, Problem.NoHandoff, Problem.CallOver, Problem.AlreadyHandedOver, Problem.NoCaller,
            Problem.TooManyHandoffs, Problem.UnknownQueue, Problem.NumberNotAllowed, Problem.NoTrunk, Problem.NoTransfer,
            Problem.NotRecorded, Problem.LeaseWrongFence, Problem.LeaseTaken, Problem.LeaseSuperseded, Problem.LeaseUndecided,
        ],
        NeedsJournal = true,
    };

    private static RouteDescription Recording(GatewayRoute route, string summary) => new(route, Calls, summary)
    {
        Answers = new Dictionary<int, Answer>
        {
            [202] = new("The request is stored; the answer has the state of the recording.", Content.Json("""{"type":"object"}""")),
        },
        Problems = [BadParameter, Problem.UnknownCall, Problem.RecordingTooLate, Problem.RecordingOff],
        NeedsJournal = true,
    };

    private static RouteDescription Dial(GatewayRoute route, string summary) => new(route, Calls, summary)
    {
        Request = Content.Json(OutboundCallJson.Default.OutboundCallBody),
        Answers = new Dictionary<int, Answer>
        {
            [200] = new("The call that the same request with this idempotency key started before.", Begun),
            [202] = new("The call has started.", Begun),
        },
        Problems =
        [
            BadParameter, Problem.KeyReused, Problem.TelephonyDisabled, Problem.NoOutboundTrunk, Problem.OutsideCallingHours(null),
            Problem.TooManyCalls,
        ],
        NeedsJournal = true,
    };

    private static Content Begun => Content.Json(OutboundCallJson.Default.OutboundCallAnswer);
}
