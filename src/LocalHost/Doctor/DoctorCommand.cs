using System.CommandLine;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Doctor.Requests;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary><c>doctor</c>: what is wrong between the phone and the agent; <c>doctor request</c>: why a request is refused.</summary>
internal static class DoctorCommand
{
    private const int Fine = 0;
    private const int SomethingFails = 1;
    private const int NotUnderstood = 2;

    private static readonly ExitStatus[] ExitStatuses =
    [
        new(Fine, "nothing fails, but there may be warnings"),
        new(SomethingFails, "something fails"),
        new(NotUnderstood, "the arguments are wrong"),
    ];

    /// <summary>The commands.</summary>
    public static Command Create(CommandConsole console)
    {
        var doctor = new DocumentedCommand("doctor", "Checks everything between the phone and the agent, and says what to change")
        {
            Examples = ["./run.sh doctor", "./run.sh doctor --fix", "./run.sh doctor request refused.http"],
            ExitStatuses = ExitStatuses,
        };
        foreach (var option in DoctorOptions.All)
        {
            doctor.Options.Add(option);
        }

        doctor.Validators.Add(DoctorOptions.Check);
        doctor.SetAction((parsed, stop) => CheckAsync(DoctorOptions.Of(parsed), console, TimeProvider.System, stop));
        doctor.Subcommands.Add(Request(console));
        return doctor;
    }

    private static DocumentedCommand Request(CommandConsole console)
    {
        var request = new DocumentedCommand("request", "Says why the signature of a saved request of Twilio or LiveKit is refused")
        {
            Examples = ["./run.sh doctor request refused.http --at 2026-11-29T18:30:00Z"],
            ExitStatuses =
            [
                new(Fine, "a gateway with these settings takes the request"),
                new(SomethingFails, "it refuses the request, or the settings are wrong"),
                new(NotUnderstood, "the arguments are wrong, or the file is no HTTP request"),
            ],
        };
        request.Arguments.Add(RequestOptions.FileArgument);
        foreach (var option in RequestOptions.All)
        {
            request.Options.Add(option);
        }

        request.SetAction((parsed, stop) => RequestAsync(RequestOptions.Of(parsed), console, stop));
        return request;
    }

    /// <summary>Runs the checks.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="console">The settings, where it is told, and who is asked.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends it early; what it opened at LiveKit is still deleted.</param>
    internal static async Task<int> CheckAsync(
        DoctorOptions options, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        using var visit = new DoctorVisit(console.Environment, options, time);
        IReadOnlyList<Examined> all;
        try
        {
            all = await Checkup.RunAsync(
                visit,
                repair => options.SaysYes ? Task.FromResult(true) : console.AskAsync($"shall doctor {repair.Offer}", cancellationToken),
                examined =>
                {
                    if (!options.IsJson)
                    {
                        Report.Tell(examined, console);
                    }
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Errors.WriteLineAsync("stopped before the end");
            return SomethingFails;
        }

        if (options.IsJson)
        {
            console.Tell(Report.Json(all));
        }
        else
        {
            console.Tell("");
            console.Tell(Report.Summary(all), Report.ToneOf(all));
        }

        return all.Any(one => one.Finding.Kind == FindingKind.Fail) ? SomethingFails : Fine;
    }

    private static async Task<int> RequestAsync(
        RequestOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
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

            var settings = LocalSettings.Read(new Dictionary<string, string>(), console.Environment);
            var diagnosis = RequestDoctor.Of(request, settings, TimeProvider.System.GetUtcNow(), options.At);
            if (options.IsJson)
            {
                console.Tell(Report.Json(diagnosis));
            }
            else
            {
                console.Tell(Report.Lines(diagnosis));
            }

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
