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
        new(GatewayRoutes.DeadLetters, Events, "A paged list of lifecycle events that could not be delivered to a destination.")
        {
            Query =
            [
                new("limit", "The maximum number on a page.", $$"""
                    {"type":"integer","minimum":1,"maximum":{{DeadLetterListHandler.MaxLimit}},"default":50}
                    """),
                new("after", "The value of next of the previous page.", """{"type":"string"}"""),
            ],
            Answers = new Dictionary<int, Answer> { [200] = new("A page.", Content.Json(DeadLetterJson.Default.DeadLetterPage)) },
            Problems = [Problem.BadParameter("")],
            NeedsJournal = true,
        },
        new(GatewayRoutes.DeadLetterReplay, Events, "Delivers one of them again. If that succeeds, it is removed from the list.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("It was delivered.", Content.Json(DeadLetterJson.Default.DeadLetter)) },
            Problems = [Problem.UnknownDeadLetter, Problem.NoDestination, Problem.NotDelivered],
            NeedsJournal = true,
        },
    ];
}
