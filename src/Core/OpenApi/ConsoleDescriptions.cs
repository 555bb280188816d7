using VoiceFunctions.Core.Console;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.OpenApi;

/// <summary>What the console's routes are for.</summary>
internal static class ConsoleDescriptions
{
    private const string Tag = "console";
    private const string Text = """{"type":"string"}""";

    private static readonly Answer File = new("The file.", new Content("text/javascript") { Schema = Text })
    {
        Also = [new Content("text/css") { Schema = Text }, new Content("image/svg+xml") { Schema = Text }],
    };

    public static IReadOnlyList<RouteDescription> All { get; } =
    [
        new(GatewayRoutes.ConsolePage, Tag, "The page of the console.")
        {
            Answers = new Dictionary<int, Answer>
            {
                [200] = new("The page.", new Content("text/html") { Schema = Text }),
                [308] = new("The same address without a slash at its end."),
            },
        },
        new(GatewayRoutes.ConsoleCalls, Tag, "The running calls, and whether each keeps its promises.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The calls.", Content.Json(ConsoleJson.Default.ConsoleCalls)) },
            NeedsJournal = true,
        },
        new(GatewayRoutes.ConsoleStream, Tag, "The same whenever it has changed, as server-sent events; not on Azure Functions.")
        {
            Answers = new Dictionary<int, Answer> { [200] = new("The events.", new Content("text/event-stream") { Schema = Text }) },
            Problems = [Problem.NoStream],
            NeedsJournal = true,
        },
        new(GatewayRoutes.ConsoleFile, Tag, "A file of that page.")
        {
            Answers = new Dictionary<int, Answer> { [200] = File },
            Problems = [Problem.UnknownRoute],
        },
    ];
}
