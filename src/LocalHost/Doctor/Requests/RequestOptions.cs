using System.CommandLine;
using System.Globalization;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Which saved request is looked into.</summary>
/// <param name="File">Its file; <c>-</c> for what comes in.</param>
internal sealed record RequestOptions(string File)
{
    private static readonly ValueOption<DateTimeOffset> AtOption = new(
        "--at",
        "TIME",
        "a time in ISO 8601, such as 2026-11-29T18:30:00Z",
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null)
    {
        Description = "When it was refused, in ISO 8601 [default: its header Date]",
    };

    private static readonly Option<bool> JsonOption = JsonText.Option("The answer");

    /// <summary>Its file.</summary>
    public static Argument<string> FileArgument { get; } = new ValueArgument<string>("FILE", "a saved HTTP request; - reads it from stdin");

    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } = [AtOption, JsonOption];

    /// <summary>When it was refused; <c>null</c> where nobody says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether the answer is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">Arguments without errors.</param>
    public static RequestOptions Of(ParseResult parsed) => new(parsed.GetRequiredValue(FileArgument))
    {
        At = parsed.GetResult(AtOption) is null ? null : parsed.GetValue(AtOption),
        IsJson = parsed.GetValue(JsonOption),
    };
}
