using System.CommandLine;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>
/// Asks the gateway of this machine whether it serves, as a container engine does: its image has neither a shell nor curl.
/// </summary>
internal static class HealthCommand
{
    /// <summary>Long enough for a machine that is busy: an engine has a time of its own, after which it ends this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Option<bool> JsonOption = JsonText.Option("The answer");

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand(
            "health", "Checks whether the gateway on this machine, at PORT and LISTEN_ADDRESS, answers requests")
        {
            Examples = ["./run.sh health", "PORT=8080 ./run.sh health"],
            ExitStatuses =
            [
                new(0, "it serves"),
                new(1, "it does not, or does not answer within 30 seconds"),
                new(ExitStatus.WrongArguments, "the arguments are wrong"),
            ],
        };
        command.Options.Add(JsonOption);
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(JsonOption), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(bool isJson, CommandConsole console, CancellationToken stopping)
    {
        var (status, said) = await AskAsync(console.Environment, stopping);
        var serves = status is >= 200 and < 300;
        if (isJson)
        {
            console.Tell(new JsonObject { ["serves"] = serves, ["status"] = status, ["said"] = said });
        }
        else
        {
            await (serves ? console.Output : console.Errors).WriteLineAsync(said);
        }

        return serves ? 0 : 1;
    }

    /// <summary>The status that the gateway answers, and the same in words; no status where it does not answer.</summary>
    private static async Task<(int? Status, string Said)> AskAsync(Func<string, string?> environment, CancellationToken stopping)
    {
        try
        {
            var place = ListenPlace.Read(environment);
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri($"http://{place.Own}/{GatewayRoutes.Health.Template}"), stopping);
            return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "It serves." : $"It answers {(int)answer.StatusCode}.");
        }
        catch (SettingsException wrong)
        {
            return (null, wrong.Message);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return (null, "The gateway does not answer.");
        }
    }
}
