using VoiceFunctions.Core.DeadLetters;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>The descriptions of the routes of events that were not taken.</summary>
internal static class EventDescriptions
{
    private const string Events = "events";

    /// <summary>The descriptions, in the order of the routes.</summary>
    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        new(GatewayRoutes.DeadLetters, Events, "The lifecycle events that a destination did not take, page by page.")
        {
            Query =
            [
                new("limit", "How many a page holds at most.", $$"""
                    {"type":"integer","minimum":1,"maximum":{{DeadLetterListHandler.MaxLimit}},"default":50}
                    """),
                new("after", "The next of the page before.", """{"type":"string"}"""),
            ],
            Answers = new Dictionary<int, Answer> { [200] = new("A page.", Content.Json(DeadLetterJson.Default.DeadLetterPage)) },
            Problems = [Problem.BadParameter("")],
            NeedsJournal = true,
        },
        new(GatewayRoutes.DeadLetterReplay, Events, "Hands one of them over once more. One that is taken is forgotten.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("It was taken.", Content.Json(DeadLetterJson.Default.DeadLetter)) },
            Problems = [Problem.UnknownDeadLetter, Problem.NoDestination, Problem.NotDelivered],
            NeedsJournal = true,
        },
    ];
}
