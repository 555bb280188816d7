namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What doctor was asked for.</summary>
internal sealed record DoctorOptions
{
    public const string Help =
        """
        ./run.sh doctor [OPTIONS]         checks everything between the phone and the agent, and says what to change
          --number +1…                    the Twilio number that shall reach the gateway; else those that point here, or the only one
          --fix                           creates LiveKit's trunk and rule and sets the Twilio number, after asking
          --yes                           with --fix: does not ask
          --json                          the findings as JSON
        ./run.sh doctor request FILE      says why the signature of a saved request of Twilio or LiveKit is refused; - reads it from stdin
          --at TIME                       when it was refused, in ISO 8601; else its header Date

        exit status: 0 nothing fails (warnings may be there), 1 something fails, 2 the arguments were not understood
        """;

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

    /// <summary>Reads the arguments; <c>null</c> where they are not understood.</summary>
    public static DoctorOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new DoctorOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--fix":
                    options = options with { Fixes = true };
                    break;
                case "--yes":
                    options = options with { SaysYes = true };
                    break;
                case "--json":
                    options = options with { IsJson = true };
                    break;
                case "--number" when i + 1 < arguments.Count && Core.Telephony.PhoneNumber.TryParse(arguments[i + 1], out var number):
                    options = options with { Number = number.E164 };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options.SaysYes && !options.Fixes ? null : options;
    }
}
