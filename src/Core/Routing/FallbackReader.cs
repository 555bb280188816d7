using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio.Documents;

namespace VoiceFunctions.Core.Routing;

/// <summary>Reads and checks the routes' <c>fallback</c>.</summary>
internal static partial class FallbackReader
{
    private const string NeedsNumber = "must be a number in E.164, such as +15550100123";

    /// <summary>
    /// Reads a fallback. What it leaves out comes from <paramref name="basis"/>, but an entry with only a message calls no human, and a
    /// language and a voice go together.
    /// </summary>
    public static RouteFallback Read(FallbackJson json, RouteFallback basis, string where, ICollection<string> errors)
    {
        var humans = Humans(json, basis, where, errors);
        var fallback = new RouteFallback(humans.FirstOrDefault(), json.Message ?? basis.Message)
        {
            Others = humans.Count > 1 ? [.. humans.Skip(1)] : [],
            RingTime = json.RingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : basis.RingTime,
            Screening = new RouteScreening(
                json.Screen ?? basis.Screening.IsOn,
                json.ScreenPrompt ?? basis.Screening.Prompt,
                json.ScreenWithheld ?? basis.Screening.Withheld),
            Voice = json is { Language: null, Voice: null } ? basis.Voice : new SpokenVoice(json.Language, json.Voice),
        };
        if (json == new FallbackJson())
        {
            errors.Add($"{where}: needs \"number\", \"numbers\" or \"message\", or how they are used");
        }

        if (json.RingSeconds is < 5 or > 600)
        {
            errors.Add($"{where}.ringSeconds: must be from 5 to 600");
        }

        if (json.Language is { } language && !LanguagePattern().IsMatch(language))
        {
            errors.Add($"{where}.language: must be a BCP 47 tag, such as de-DE");
        }

        if (json.Voice is { } voice && !VoicePattern().IsMatch(voice))
        {
            errors.Add($"{where}.voice: must be one of Twilio's voices, such as Polly.Vicki-Neural");
        }

        if (json.Message is not null)
        {
            CheckMessage(fallback, $"{where}.message", errors);
        }

        CheckScreening(json, where, errors);
        return fallback;
    }

    /// <summary>
    /// Refuses what no single entry shows: a human whose number is the number of a route, because a call to it would come back here, and
    /// a message of the settings that cannot be said.
    /// </summary>
    public static void CheckAll(RouteFileJson file, RouteFallback settings, ICollection<string> errors)
    {
        var called = CalledNumbers(file);
        var given = (file.Routes ?? [])
            .SelectMany((entry, index) => GivenBy(entry, $"routes[{index}]"))
            .Concat(GivenBy(file.Default, "default"));
        if (file.Default?.Fallback is not { } own || KeepsHumans(own))
        {
            given = given.Prepend((SettingNames.FallbackNumber, settings.Humans));
        }

        foreach (var (where, humans) in given)
        {
            foreach (var human in humans.OfType<PhoneNumber>().Where(called.ContainsKey))
            {
                errors.Add($"{where}: calls the number of routes[{called[human]}], and the call would come back here");
            }
        }

        CheckMessage(settings, SettingNames.FallbackMessage, errors);
    }

    /// <summary>The numbers that routes are for, with the places of the first of them.</summary>
    internal static Dictionary<PhoneNumber, int> CalledNumbers(RouteFileJson file)
    {
        var called = new Dictionary<PhoneNumber, int>();
        foreach (var (index, entry) in (file.Routes ?? []).Index())
        {
            if (PhoneNumber.TryParse(entry?.Number, out var number) || IsNumber(entry?.Address, out number))
            {
                called.TryAdd(number, index);
            }
        }

        return called;
    }

    /// <summary>Whether an address is a number all the same: as the user of a SIP address, or without its plus.</summary>
    private static bool IsNumber(string? address, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = address is null ? null : CallerAddress.ParseCalled(address).NamedNumber;
        return number is not null || (address is not null && PhoneNumber.TryParse($"+{AddressText.Of(address).User}", out number));
    }

    /// <summary>The humans that an entry names, for when it is open and for when it is closed.</summary>
    private static IEnumerable<(string Where, IEnumerable<PhoneNumber?> Humans)> GivenBy(RouteJson? entry, string where) =>
    [
        ($"{where}.fallback", NumbersOf(entry?.Fallback).Select(Parse)),
        ($"{where}.hours.closed.fallback", NumbersOf(entry?.Hours?.Closed?.Fallback).Select(Parse)),
    ];

    private static void CheckMessage(RouteFallback fallback, string where, ICollection<string> errors)
    {
        if (string.IsNullOrWhiteSpace(fallback.Message))
        {
            errors.Add($"{where}: must not be empty");
        }
        else if (!Twiml.CanSay(fallback.Message, fallback.Voice))
        {
            errors.Add($"{where}: is too long to be said; Twilio takes {Twiml.MaxRedirectLength} characters with the markup");
        }
    }

    private static void CheckScreening(FallbackJson json, string where, ICollection<string> errors)
    {
        if (json.ScreenPrompt is { } prompt)
        {
            if (string.IsNullOrWhiteSpace(prompt) || prompt.Length > RouteScreening.MaxPromptLength)
            {
                errors.Add($"{where}.screenPrompt: must be 1 to {RouteScreening.MaxPromptLength} characters");
            }
            else if (PlacePattern().Matches(prompt).Any(place => place.Value is not ("{from}" or "{to}")))
            {
                errors.Add($"{where}.screenPrompt: knows only {{from}} and {{to}}");
            }
        }

        if (json.ScreenWithheld is { } withheld
            && (string.IsNullOrWhiteSpace(withheld) || withheld.Length > RouteScreening.MaxWithheldLength))
        {
            errors.Add($"{where}.screenWithheld: must be 1 to {RouteScreening.MaxWithheldLength} characters");
        }
    }

    private static List<PhoneNumber> Humans(FallbackJson json, RouteFallback basis, string where, ICollection<string> errors)
    {
        if (KeepsHumans(json))
        {
            return [.. basis.Humans];
        }

        if (json is { Number: not null, Numbers: not null })
        {
            errors.Add($"{where}.numbers: takes the place of \"number\"; only one of them can be given");
        }

        if (json.Numbers is { Count: 0 or > RouteFallback.MaxHumans })
        {
            errors.Add($"{where}.numbers: must be 1 to {RouteFallback.MaxHumans} numbers");
        }

        var humans = new List<PhoneNumber>();
        foreach (var (index, text) in NumbersOf(json).Index())
        {
            var place = json.Numbers is null ? $"{where}.number" : $"{where}.numbers[{index}]";
            if (!PhoneNumber.TryParse(text, out var human))
            {
                errors.Add($"{place}: {NeedsNumber}");
            }
            else if (humans.Contains(human))
            {
                errors.Add($"{place}: occurs twice");
            }
            else
            {
                humans.Add(human);
            }
        }

        return humans;
    }

    private static PhoneNumber? Parse(string? text) => PhoneNumber.TryParse(text, out var number) ? number : null;

    /// <summary>Whether an entry only says how the humans of its basis are called.</summary>
    private static bool KeepsHumans(FallbackJson json) => json is { Number: null, Numbers: null, Message: null };

    private static IEnumerable<string?> NumbersOf(FallbackJson? json) => json?.Numbers ?? (json?.Number is { } one ? [one] : []);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex VoicePattern();
}
