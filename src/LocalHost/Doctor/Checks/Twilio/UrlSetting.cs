using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

/// <summary>What a number's URLs must be, and how they are set.</summary>
internal static class UrlSetting
{
    /// <summary>Twilio's retries, as the fragment of a URL: of failed connections, of answers that take too long, and of 5xx.</summary>
    private const string Retries = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000";

    /// <summary>Whether a URL is one of the gateway's, whatever its path.</summary>
    public static bool IsAt(GatewaySettings settings, string url) =>
        url.StartsWith($"{settings.PublicUrl.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a URL is that of a route, whatever its fragment.</summary>
    public static bool Is(DoctorVisit visit, string url, GatewayRoute route) =>
        string.Equals(url.Split('#')[0], visit.Gateway(route.Template), StringComparison.OrdinalIgnoreCase);

    /// <summary>A URL without its query, which may hold a key.</summary>
    public static string Shown(string url) => url.Length == 0 ? "nothing" : url.Split('?', '#')[0];

    /// <summary>What sets a number's voice webhook.</summary>
    public static Dictionary<string, string> Voice(DoctorVisit visit) => new()
    {
        ["VoiceUrl"] = visit.Gateway(GatewayRoutes.TwilioVoice.Template) + Retries,
        ["VoiceMethod"] = "POST",
    };

    /// <summary>What sets a number's status callback.</summary>
    public static Dictionary<string, string> Status(DoctorVisit visit) => new()
    {
        ["StatusCallback"] = visit.Gateway(GatewayRoutes.TwilioStatus.Template) + Retries,
        ["StatusCallbackMethod"] = "POST",
    };

    /// <summary>The command that sets them by hand.</summary>
    public static string Command(OwnNumber number, Dictionary<string, string> fields) =>
        $"twilio api:core:incoming-phone-numbers:update --sid {number.Sid}"
            + string.Concat(fields.Select(field => $" --{Dashed(field.Key)} '{field.Value}'"));

    /// <summary>Sets them, and keeps the number as Twilio then has it.</summary>
    public static Repair Repair(DoctorVisit visit, OwnNumber number, string what, Dictionary<string, string> fields) => new(
        $"set the {what} of {number.Number} at Twilio to {Shown(fields.Values.First())}",
        async stop =>
        {
            var rest = visit.Twilio(number.Account);
            if (await rest.SetNumberAsync(number, fields, stop) is { Status: not 200 and var status })
            {
                return $"Twilio answers with {status}";
            }

            var now = await rest.NumbersAsync(number.Number, stop);
            visit.Numbers = [.. visit.Numbers.Select(old => now?.FirstOrDefault(set => set.Sid == old.Sid) ?? old)];
            return null;
        });

    private static string Dashed(string name) =>
        string.Concat(name.Select((letter, at) =>
            at > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
