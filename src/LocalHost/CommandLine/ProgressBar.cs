using Spectre.Console;

namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>How far a long run has come, on the terminal of the errors; elsewhere nothing is said of it.</summary>
internal static class ProgressBar
{
    /// <summary>Runs something, which tells how much of it is done and how it stands.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="what">What runs.</param>
    /// <param name="total">How much is to be done.</param>
    /// <param name="run">Does it.</param>
    public static async Task RunAsync(CommandConsole console, string what, double total, Func<Action<double, string>, Task> run)
    {
        if (console.ErrorColumns is not { } width)
        {
            await run((_, _) => { });
            return;
        }

        await Terminal.On(console.Errors, width).Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(what), maxValue: total);
                await run((done, words) =>
                {
                    task.Value = done;
                    task.Description = Markup.Escape(words);
                });
            });
    }
}
