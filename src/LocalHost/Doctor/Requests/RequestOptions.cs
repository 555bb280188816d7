using System.Globalization;

namespace VoiceFunctions.LocalHost.Doctor.Requests;

/// <summary>Which saved request is looked into.</summary>
/// <param name="File">Its file; <c>-</c> for what comes in.</param>
internal sealed record RequestOptions(string File)
{
    /// <summary>When it was refused; <c>null</c> where nobody says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether the answer is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Reads the arguments; <c>null</c> where they are not understood.</summary>
    public static RequestOptions? Parse(IReadOnlyList<string> arguments)
    {
        RequestOptions? options = arguments is [var file, ..] && (file == "-" || !file.StartsWith('-')) ? new RequestOptions(file) : null;
        for (var i = 1; i < arguments.Count && options is not null; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    options = options with { IsJson = true };
                    break;
                case "--at" when i + 1 < arguments.Count && DateTimeOffset.TryParse(
                    arguments[i + 1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at):
                    options = options with { At = at };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
