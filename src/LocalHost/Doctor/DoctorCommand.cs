using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Doctor.Requests;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary><c>doctor</c>: what is wrong between the phone and the agent; <c>doctor request</c>: why a request is refused.</summary>
internal static class DoctorCommand
{
    private const int Fine = 0;
    private const int SomethingFails = 1;
    private const int NotUnderstood = 2;

    /// <summary>Runs the command; 0 where nothing fails, 1 where something does, 2 where the arguments were not understood.</summary>
    public static Task<int> RunAsync(
        string[] arguments, Func<string, string?> environment, DoctorConsole console, CancellationToken cancellationToken) =>
        arguments switch
        {
            ["--help" or "-h" or "help"] => HelpAsync(console),
            ["request", .. var options] => RequestAsync(options, environment, console, cancellationToken),
            _ => CheckAsync(DoctorOptions.Parse(arguments), environment, console, TimeProvider.System, cancellationToken),
        };

    /// <summary>Runs the checks.</summary>
    /// <param name="options">What was asked for; <c>null</c> where it was not understood.</param>
    /// <param name="environment">Gives a setting.</param>
    /// <param name="console">Where it is told, and who is asked.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends it early; what it opened at LiveKit is still deleted.</param>
    internal static async Task<int> CheckAsync(
        DoctorOptions? options,
        Func<string, string?> environment,
        DoctorConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (options is null)
        {
            await console.Errors.WriteLineAsync(DoctorOptions.Help);
            return NotUnderstood;
        }

        using var visit = new DoctorVisit(environment, options, time);
        IReadOnlyList<Examined> all;
        try
        {
            all = await Checkup.RunAsync(
                visit,
                repair => options.SaysYes ? Task.FromResult(true) : console.AskAsync(repair.Offer, cancellationToken),
                examined => options.IsJson ? Task.CompletedTask : console.Output.WriteLineAsync(Report.Lines(examined)),
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Errors.WriteLineAsync("stopped before the end");
            return SomethingFails;
        }

        await console.Output.WriteLineAsync(options.IsJson ? Report.Json(all) : $"\n{Report.Summary(all)}");
        return all.Any(one => one.Finding.Kind == FindingKind.Fail) ? SomethingFails : Fine;
    }

    private static async Task<int> HelpAsync(DoctorConsole console)
    {
        await console.Output.WriteLineAsync(DoctorOptions.Help);
        return Fine;
    }

    private static async Task<int> RequestAsync(
        IReadOnlyList<string> arguments, Func<string, string?> environment, DoctorConsole console, CancellationToken cancellationToken)
    {
        if (RequestOptions.Parse(arguments) is not { } options)
        {
            await console.Errors.WriteLineAsync(DoctorOptions.Help);
            return NotUnderstood;
        }

        try
        {
            var bytes = options.File == "-"
                ? await console.ReadAllAsync(cancellationToken)
                : await File.ReadAllBytesAsync(options.File, cancellationToken);
            if (SavedRequest.Parse(bytes) is not { } request)
            {
                await console.Errors.WriteLineAsync(
                    "This is no HTTP request: it begins with a line such as 'POST /twilio/voice HTTP/1.1', then headers, an empty line and "
                        + "the body.");
                return NotUnderstood;
            }

            var settings = LocalSettings.Read(new Dictionary<string, string>(), environment);
            var diagnosis = RequestDoctor.Of(request, settings, TimeProvider.System.GetUtcNow(), options.At);
            await console.Output.WriteLineAsync(options.IsJson ? Report.Json(diagnosis) : Report.Lines(diagnosis));
            return diagnosis.IsAccepted ? Fine : SomethingFails;
        }
        catch (SettingsException wrong)
        {
            await console.Errors.WriteLineAsync(wrong.Message);
            return SomethingFails;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await console.Errors.WriteLineAsync($"{options.File} cannot be read");
            return NotUnderstood;
        }
    }
}
