using System.Text.RegularExpressions;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Routing;

/// <summary>Reads the keys and conditions of the routes' entries, and refuses two entries that would be for the same calls.</summary>
internal sealed partial class RouteKeys(NumberReader numbers, ICollection<string> errors)
{
    private const int MostNameCharacters = 64;
    private const int MostAddressCharacters = 255;

    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    /// <summary>Whether an entry has a key or a condition.</summary>
    public static bool HasAny(RouteJson entry) =>
        entry is not { Number: null, Prefix: null, Address: null, From: null, Trunk: null, Rule: null };

    /// <summary>Whether a text is what numbers in E.164 begin with.</summary>
    public static bool IsPrefix(string text) => PrefixPattern().IsMatch(text);

    /// <summary>Reads the keys of an entry; <c>null</c> where one of them is wrong.</summary>
    public RouteEntry? Read(RouteJson json, Route route, string where)
    {
        var before = errors.Count;
        var keys = new[] { json.Number, json.Prefix, json.Address }.Count(key => key is not null);
        if (keys > 1 || !HasAny(json))
        {
            errors.Add($"{where}: needs one of \"number\" in E.164, such as +15550100123, \"prefix\", such as +1555, and \"address\", such "
                + "as an extension or a SIP user; or else a condition, \"from\", \"trunk\" or \"rule\"");
            return null;
        }

        var entry = new RouteEntry(route)
        {
            Number = json.Number is { } number ? NumberOf(number, $"{where}.number") : null,
            Prefix = json.Prefix is { } prefix ? Prefix(prefix, $"{where}.prefix") : null,
            Address = json.Address is { } address ? AddressOf(address, $"{where}.address") : null,
            From = [.. (json.From ?? []).Select(from => Prefix(from, $"{where}.from"))],
            Trunk = Id(json.Trunk, TrunkPattern(), "ST_", $"{where}.trunk"),
            Rule = Id(json.Rule, RulePattern(), "SDR_", $"{where}.rule"),
        };
        if (json.From is { Count: 0 })
        {
            errors.Add($"{where}.from: must not be empty");
        }

        if (errors.Count > before)
        {
            return null;
        }

        Claim(entry, where);
        return entry with { Route = Named(route, json.Name ?? NameOf(entry)) };
    }

    /// <summary>The route under a name, also outside of its hours.</summary>
    public static Route Named(Route route, string name) =>
        route with { Name = name, WhenClosed = route.WhenClosed is { } closed ? closed with { Name = name } : null };

    /// <summary>Checks the name of an entry or of the default.</summary>
    public void CheckName(string? name, string where)
    {
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > MostNameCharacters))
        {
            errors.Add($"{where}.name: must have 1 to {MostNameCharacters} characters");
        }
    }

    private string NumberOf(string text, string where)
    {
        if (PhoneNumber.TryParse(text, out _) && numbers.TryRead(text, null, out var number))
        {
            return number.E164;
        }

        errors.Add($"{where}: must be a number in E.164, such as +15550100123; an extension, a short code or a SIP user is an \"address\"");
        return text;
    }

    private string Prefix(string text, string where)
    {
        if (!PrefixPattern().IsMatch(text))
        {
            errors.Add($"{where}: must be a plus and the first digits of a number in E.164, such as +1555");
        }

        return text;
    }

    private string AddressOf(string text, string where)
    {
        if (CallerAddress.Parse(text, NumberReader.International) is CallerAddress.Number)
        {
            errors.Add($"{where}: is a number, and those are a \"number\"");
        }

        var address = AddressText.Of(text);
        if (address.User.Length is 0 or > MostAddressCharacters)
        {
            errors.Add($"{where}: must be an extension, a short code, a SIP user, or a SIP URI such as sip:support@example.com");
        }

        return address.Names.First();
    }

    private string? Id(string? text, Regex pattern, string prefix, string where)
    {
        if (text is not null && !pattern.IsMatch(text))
        {
            errors.Add($"{where}: must be {prefix} and letters, digits, '_' or '-'");
        }

        return text;
    }

    /// <summary>Two entries with the same key and conditions would leave it to chance which of them is meant.</summary>
    private void Claim(RouteEntry entry, string where)
    {
        foreach (var from in entry.From.Distinct(StringComparer.Ordinal).DefaultIfEmpty(""))
        {
            var key = $"{entry.Number} {entry.Prefix} {entry.Trunk} {entry.Rule} {from} {entry.Address}";
            if (!places.TryAdd(key, where))
            {
                errors.Add($"{where}: is for the same calls as {places[key]}");
                return;
            }
        }
    }

    private static string NameOf(RouteEntry entry) =>
        entry.Number ?? entry.Prefix ?? entry.Address ?? string.Join(
            ' ', new[] { entry.From.Count > 0 ? $"from {string.Join(',', entry.From)}" : null, entry.Trunk, entry.Rule }.OfType<string>());

    [GeneratedRegex(@"^\+[1-9][0-9]{0,13}\z")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^ST_[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex TrunkPattern();

    [GeneratedRegex(@"^SDR_[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex RulePattern();
}
