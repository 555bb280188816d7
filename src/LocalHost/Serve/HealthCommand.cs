using System.CommandLine;
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

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("health", "Asks the gateway on this machine, at PORT and LISTEN_ADDRESS, whether it serves")
        {
            Examples = ["./run.sh health", "PORT=8080 ./run.sh health"],
            ExitStatuses =
            [
                new(0, "it serves"),
                new(1, "it does not, or does not answer within 30 seconds"),
                new(ExitStatus.WrongArguments, "the arguments are wrong"),
            ],
        };
        command.SetAction((_, stop) => RunAsync(console.Environment, console.Output, console.Errors, stop));
        return command;
    }

    /// <summary>Runs the command; 0 where it serves, 1 where it does not or does not answer.</summary>
    /// <param name="environment">The settings of the gateway that is asked: its port and its address.</param>
    /// <param name="output">Hears what it answered.</param>
    /// <param name="errors">Hears why it did not.</param>
    /// <param name="stopping">Ends the question.</param>
    public static async Task<int> RunAsync(
        Func<string, string?> environment, TextWriter output, TextWriter errors, CancellationToken stopping)
    {
        try
        {
            var place = ListenPlace.Read(environment);
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri($"http://{place.Own}/{GatewayRoutes.Health.Template}"), stopping);
            if (answer.IsSuccessStatusCode)
            {
                await output.WriteLineAsync("It serves.");
                return 0;
            }

            await errors.WriteLineAsync($"It answers {(int)answer.StatusCode}.");
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync("It does not answer.");
        }

        return 1;
    }
}
