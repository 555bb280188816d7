namespace VoiceFunctions.LocalHost.CommandLine;

/// <summary>What a command has of the machine: its settings, who answers its questions, and where it tells.</summary>
/// <param name="Environment">Gives a setting.</param>
/// <param name="Input">Who answers; its bytes are a file that is read from it.</param>
/// <param name="Output">What was asked for.</param>
/// <param name="Errors">Questions, progress, and what went wrong.</param>
internal sealed record CommandConsole(Func<string, string?> Environment, Stream Input, TextWriter Output, TextWriter Errors)
{
    /// <summary>How wide the terminal of <see cref="Output"/> is; <c>null</c> where plain text is wanted.</summary>
    public int? OutputColumns { get; init; }

    /// <summary>How wide the terminal of <see cref="Errors"/> is; <c>null</c> where plain text is wanted.</summary>
    public int? ErrorColumns { get; init; }

    private StreamReader? Answers { get; set; }

    /// <summary>The console of this process.</summary>
    /// <param name="input">What comes in.</param>
    public static CommandConsole OfProcess(Stream input) =>
        new(System.Environment.GetEnvironmentVariable, input, Console.Out, Console.Error)
        {
            OutputColumns = Terminal.WidthOf(System.Environment.GetEnvironmentVariable, Console.IsOutputRedirected),
            ErrorColumns = Terminal.WidthOf(System.Environment.GetEnvironmentVariable, Console.IsErrorRedirected),
        };

    /// <summary>Tells a table.</summary>
    public void Tell(Listing listing) => listing.Tell(Output, OutputColumns);

    /// <summary>Tells a line.</summary>
    public void Tell(string line, Tone tone = Tone.Plain)
    {
        if (OutputColumns is { } width && tone != Tone.Plain)
        {
            Terminal.On(Output, width).Write(new Spectre.Console.Text($"{line}\n", Terminal.StyleOf(tone)));
        }
        else
        {
            Output.WriteLine(line);
        }
    }

    /// <summary>Asks whether something may be done; no answer is a no.</summary>
    /// <param name="question">The question, without its mark.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        await Errors.WriteAsync($"        {question}? [y/N] ");
        await Errors.FlushAsync(cancellationToken);
        Answers ??= new StreamReader(Input, leaveOpen: true);
        var answer = await Answers.ReadLineAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Everything that comes in.</summary>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await Input.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }
}
