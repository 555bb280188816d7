using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Serve;

namespace VoiceFunctions.LocalHost.DeadLetters;

/// <summary>
/// <c>events dead</c> and <c>events replay ID…</c>: lists the dead letters of a gateway that runs, and has them replayed. The gateway is
/// the one at <c>PUBLIC_URL</c>, or the one on this machine, and is asked with <c>DIAGNOSTICS_KEY</c>.
/// </summary>
internal static class EventsCommand
{
    private static readonly ValueArgument<string[]> IdsArgument = new("ID", "the ids of dead letters, which events dead shows")
    {
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> AllOption = Flag.Of("--all", "Every dead letter, in place of ids");

    private static readonly Option<bool> JsonOption = JsonText.Option("The letters");

    /// <summary>The commands.</summary>
    public static Command Create(CommandConsole console)
    {
        var events = new DocumentedCommand("events", "Lists the events that could not be delivered, and delivers them again")
        {
            Examples = ["./run.sh events dead", "./run.sh events replay --all"],
            ExitStatuses =
            [
                new(0, "it is done"),
                new(1, "a letter was not taken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or the gateway could not be asked"),
            ],
        };
        events.Subcommands.Add(Dead(console));
        events.Subcommands.Add(Replay(console));
        return events;
    }

    private static DocumentedCommand Dead(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "dead", "Lists the dead letters of the gateway at PUBLIC_URL, or on this machine; needs DIAGNOSTICS_KEY")
        {
            Examples = ["./run.sh events dead"],
            ExitStatuses =
            [
                new(0, "they are listed"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or the gateway could not be asked"),
            ],
        };
        command.Options.Add(JsonOption);
        command.SetAction((parsed, stop) => AskAsync(console, http => ListAsync(http, parsed.GetValue(JsonOption), console, stop)));
        return command;
    }

    private static DocumentedCommand Replay(CommandConsole console)
    {
        var command = new DocumentedCommand("replay", "Delivers dead letters again, with their old ids")
        {
            Examples = ["./run.sh events replay ID", "./run.sh events replay --all"],
            ExitStatuses =
            [
                new(0, "every letter was taken"),
                new(1, "a letter was not taken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or the gateway could not be asked"),
            ],
        };
        command.Arguments.Add(IdsArgument);
        command.Options.Add(AllOption);
        command.Options.Add(JsonOption);
        command.Validators.Add(result =>
        {
            if (Flag.IsSet(result, AllOption) == result.GetResult(IdsArgument) is { Tokens.Count: > 0 })
            {
                result.AddError("events replay takes either ids of dead letters or --all");
            }
        });
        command.SetAction((parsed, stop) => AskAsync(console, async http => await ReplayAsync(
            http,
            parsed.GetValue(AllOption)
                ? [.. (await LettersAsync(http, stop)).Select(IdOf)]
                : parsed.GetRequiredValue(IdsArgument),
            parsed.GetValue(JsonOption),
            console,
            stop)));
        return command;
    }

    /// <summary>Asks the gateway; 2 where that is not possible.</summary>
    private static async Task<int> AskAsync(CommandConsole console, Func<HttpClient, Task<int>> ask)
    {
        var (environment, errors) = (console.Environment, console.Errors);
        string at;
        try
        {
            at = PastedValue.TextOf(environment(SettingNames.PublicUrl)) ?? $"http://{ListenPlace.Read(environment).Own}";
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }

        var key = PastedValue.TextOf(environment(SettingNames.DiagnosticsKey));
        if (key is null || !Uri.TryCreate($"{at.TrimEnd('/')}/", UriKind.Absolute, out var gateway))
        {
            await errors.WriteLineAsync(
                $"{SettingNames.DiagnosticsKey} must be the gateway's, and {SettingNames.PublicUrl} its address where it runs elsewhere.");
            return 2;
        }

        using var http = new HttpClient { BaseAddress = gateway };
        http.DefaultRequestHeaders.Add(DiagnosticsAccess.HeaderName, key);
        try
        {
            return await ask(http);
        }
        catch (HttpRequestException away)
        {
            var said = away.StatusCode?.ToString() ?? "nothing, it cannot be reached";
            await errors.WriteLineAsync($"The gateway at {gateway} says: {said}.");
            return 2;
        }
    }

    private static async Task<int> ListAsync(HttpClient http, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        var letters = await LettersAsync(http, cancellationToken);
        if (isJson)
        {
            console.Tell(new JsonObject { ["deadLetters"] = JsonText.Array(letters, letter => letter.DeepClone()) });
            return 0;
        }

        var listing = new Listing(
            new("Letter") { IsWhole = true },
            new("Since") { IsWhole = true },
            new("Destination"),
            new("Event"),
            new("Call") { IsWhole = true },
            new("Why"));
        foreach (var letter in letters)
        {
            listing.Add(
                IdOf(letter),
                $"{letter["at"]}",
                $"{letter["destination"]}",
                $"{letter["event"]!["name"]}",
                $"{letter["event"]!["callId"]}",
                $"{letter["reason"]}, {letter["attempts"]} attempts");
        }

        if (letters.Count > 0)
        {
            console.Tell(listing);
        }

        console.Tell(letters.Count == 0 ? "There are no dead letters." : $"{letters.Count} dead letters.");
        return 0;
    }

    private static async Task<int> ReplayAsync(
        HttpClient http, string[] ids, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        var (failed, letters) = (0, new JsonArray());
        foreach (var id in ids)
        {
            using var answer = await http.PostAsync(
                new Uri($"events/dead/{Uri.EscapeDataString(id)}/replay", UriKind.Relative), null, cancellationToken);
            var isTaken = answer.StatusCode == HttpStatusCode.OK;
            failed += isTaken ? 0 : 1;
            var detail = isTaken ? null : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["detail"];
            letters.Add((JsonNode)new JsonObject { ["id"] = id, ["taken"] = isTaken, ["detail"] = detail });
            if (!isJson)
            {
                console.Tell($"{id}  {(isTaken ? "taken" : detail)}", isTaken ? Tone.Good : Tone.Bad);
            }
        }

        if (isJson)
        {
            console.Tell(new JsonObject { ["taken"] = ids.Length - failed, ["letters"] = letters });
        }
        else
        {
            console.Tell($"{ids.Length - failed} of {ids.Length} dead letters were taken.");
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<List<JsonNode>> LettersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var letters = new List<JsonNode>();
        for (string? after = "", path = "events/dead?limit=200"; after is not null; path = $"events/dead?limit=200&after={after}")
        {
            var page = JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken))!;
            letters.AddRange(page["deadLetters"]!.AsArray().OfType<JsonNode>());
            after = (string?)page["next"];
        }

        return letters;
    }

    private static string IdOf(JsonNode letter) => (string)letter["id"]!;
}
