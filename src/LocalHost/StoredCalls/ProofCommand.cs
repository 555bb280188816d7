using System.CommandLine;
using VoiceFunctions.Core.Costs;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Costs;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>
/// <c>proof [--json] [--cost] CALLID|FILE</c>: a call's story out of its stored rows, each promise with a yes or no, and what it cost.
/// </summary>
internal static class ProofCommand
{
    private const int UnderWay = 3;

    private static readonly Option<bool> JsonOption =
        Flag.Of("--json", "The proof with its stored rows as JSON; the rows hold personal data, and replay and diff read them");

    private static readonly Option<bool> CostOption = Flag.Of("--cost", "Also prints what the call cost; not together with --json");

    private static readonly ValueArgument<string> CallArgument =
        new("CALLID|FILE", "the id of a stored call, or a file of proof --json or call --save");

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new DocumentedCommand("proof", "Prints a stored call's history, and says whether each promise was kept")
        {
            Examples = ["./run.sh proof samples/stories/handoff.json", "./run.sh proof CALLID", "./run.sh proof --json CALLID > call.json"],
            ExitStatuses =
            [
                new(0, "every promise was kept"),
                new(1, "a promise was broken"),
                new(ExitStatus.WrongArguments, "the arguments are wrong, or there is nothing to prove"),
                new(UnderWay, "the call is under way, and no promise is broken"),
            ],
        };
        command.Arguments.Add(CallArgument);
        command.Options.Add(JsonOption);
        command.Options.Add(CostOption);
        command.Validators.Add(result =>
        {
            if (Flag.IsSet(result, JsonOption) && Flag.IsSet(result, CostOption))
            {
                result.AddError("proof prints the cost only as text, so leave out --json or --cost");
            }
        });
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(CallArgument), parsed.GetValue(JsonOption), parsed.GetValue(CostOption), console, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string what, bool isJson, bool tellsCost, CommandConsole console, CancellationToken cancellationToken)
    {
        var output = console.Output;
        try
        {
            var source = StoredCallSource.From(console.Environment);
            var (callId, rows) = await source.ReadAsync(what, cancellationToken);
            var proof = CallAuditor.Audit(callId, rows, source.Routes, source.Scope);
            if (isJson)
            {
                await output.WriteLineAsync(SavedProof.Of(proof));
            }
            else
            {
                await ProofText.TellAsync(proof, console);
            }

            if (tellsCost
                && CallCosts.Of(callId, rows, source.Prices, source.Routes, TimeProvider.System.GetUtcNow()) is { } sheet)
            {
                await output.WriteLineAsync();
                await CostText.TellAsync(sheet, output);
            }

            return proof.Holds switch { ProofAnswer.Yes => 0, ProofAnswer.NotYet => UnderWay, _ => 1 };
        }
        catch (Exception nothing) when (nothing is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await console.Errors.WriteLineAsync(nothing.Message);
            return 2;
        }
    }
}
