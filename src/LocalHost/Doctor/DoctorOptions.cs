using System.CommandLine;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.LocalHost.CommandLine;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What doctor was asked for.</summary>
internal sealed record DoctorOptions
{
    private static readonly ValueOption<string> NumberOption = new(
        "--number",
        "+1…",
        "a phone number with its country, such as +15550100",
        text => PhoneNumber.TryParse(text, out var number) ? number.E164 : null)
    {
        Description = "The Twilio number whose calls the gateway handles [default: those that point to it, or the only one]",
    };

    private static readonly Option<bool> FixOption =
        Flag.Of("--fix", "Creates LiveKit's trunk and rule and sets the Twilio number, after asking");

    private static readonly Option<bool> YesOption = Flag.Of("--yes", "With --fix: does not ask");

    private static readonly Option<bool> JsonOption = JsonText.Option("The findings");

    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } = [NumberOption, FixOption, YesOption, JsonOption];

    /// <summary>Whether what can be mended is mended.</summary>
    public bool Fixes { get; init; }

    /// <summary>Whether nobody is asked before something is mended.</summary>
    public bool SaysYes { get; init; }

    /// <summary>Whether the findings are told as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The Twilio number in E.164 that shall reach the gateway; <c>null</c> where doctor finds it.</summary>
    public string? Number { get; init; }

    /// <summary>How long an agent may take to take its job, and a webhook to arrive.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads what was asked for.</summary>
    /// <param name="parsed">Arguments without errors.</param>
    public static DoctorOptions Of(ParseResult parsed) => new()
    {
        Number = parsed.GetValue(NumberOption),
        Fixes = parsed.GetValue(FixOption),
        SaysYes = parsed.GetValue(YesOption),
        IsJson = parsed.GetValue(JsonOption),
    };

    /// <summary>Refuses options that make no sense together.</summary>
    public static void Check(System.CommandLine.Parsing.CommandResult result)
    {
        if (Flag.IsSet(result, YesOption) && !Flag.IsSet(result, FixOption))
        {
            result.AddError("--yes is only for --fix");
        }
    }
}
