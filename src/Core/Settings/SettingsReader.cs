using System.Globalization;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads and checks all settings at once. The errors name the settings, never their values.</summary>
public sealed partial class SettingsReader
{
    private const string DefaultMessage = "We are sorry, nobody can take your call right now. Please try again later.";
    private static readonly string[] LogLevels = ["Trace", "Debug", "Information", "Warning", "Error", "Critical"];

    private readonly Func<string, string?> read;
    private readonly Func<string, string> readFile;
    private readonly List<string> errors = [];

    private SettingsReader(Func<string, string?> read, Func<string, string> readFile)
    {
        this.read = read;
        this.readFile = readFile;
    }

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Returns a setting's value by its name; <c>null</c> or empty if it is not set.</param>
    /// <param name="readFile">Returns a file's text by its path.</param>
    /// <exception cref="SettingsException">A setting is missing or wrong. The message lists all errors.</exception>
    public static GatewaySettings Read(Func<string, string?> read, Func<string, string> readFile)
    {
        var reader = new SettingsReader(read, readFile);
        var settings = reader.ReadAll();
        return reader.errors.Count == 0 ? settings : throw new SettingsException(reader.errors);
    }

    private GatewaySettings ReadAll()
    {
        foreach (var setting in SettingNames.All.Where(setting =>
            read(setting.Name)?.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true))
        {
            errors.Add($"{setting.Name} still holds its Key Vault reference: the app's identity could not read the secret");
        }

        var numbers = Numbers();
        return new GatewaySettings
        {
            PublicUrl = Required(SettingNames.PublicUrl, IsPublicUrl, "must be an absolute http or https URL without query or fragment")
                ?.TrimEnd('/')
                ?? "",
            LiveKitHost = Host()!,
            LiveKitKeys = Keys()!,
            Twilio = Flag(SettingNames.TwilioEnabled) ? Twilio() : null,
            RoomPrefix = Optional(
                SettingNames.LiveKitRoomPrefix,
                text => RoomPrefixPattern().IsMatch(text),
                "may hold letters, digits, '.' and '-', 1 to 64 of them")
                ?? "call",
            SipOutboundTrunkId = Optional(
                SettingNames.LiveKitSipOutboundTrunkId,
                text => TrunkPattern().IsMatch(text),
                "must be ST_ and letters, digits, '_' or '-'"),
            AgentIdentityPrefix = Optional(
                SettingNames.LiveKitAgentIdentityPrefix,
                text => IdentityPrefixPattern().IsMatch(text),
                "may hold letters, digits, '_' and '-', 3 to 32 of them"),
            Numbers = numbers,
            Routes = Routes(numbers)!,
            DefaultFrom = Number(SettingNames.DefaultFromNumber),
            TelephonyEnabled = Flag(SettingNames.TelephonyEnabled),
            DiagnosticsKey = Optional(SettingNames.DiagnosticsKey, text => text.Length >= 16, "must have at least 16 characters"),
            Storage = Storage(),
            SimulatedTable = Table(SettingNames.SimulateWithRealJournal),
            Retention = TimeSpan.FromDays(Whole(SettingNames.RetentionDays, 1, 3650, 30)),
            LogLevel = Optional(
                SettingNames.LogLevel,
                text => LogLevels.Contains(text, StringComparer.OrdinalIgnoreCase),
                $"must be one of {string.Join(", ", LogLevels)}")
                ?? "Information",
        };
    }

    private LiveKitHost? Host()
    {
        LiveKitHost? host = null;
        Required(SettingNames.LiveKitHost, text => LiveKitHost.TryParse(text, out host), "must be an http, https, ws or wss URL");
        return host;
    }

    private LiveKitKeyring? Keys()
    {
        var key = Required(SettingNames.LiveKitApiKey, _ => true, "");
        var secret = Required(SettingNames.LiveKitApiSecret, _ => true, "");
        var secondKey = Text(SettingNames.LiveKitApiKeySecondary);
        var secondSecret = Text(SettingNames.LiveKitApiSecretSecondary);
        if (secondKey is null != secondSecret is null)
        {
            errors.Add($"{SettingNames.LiveKitApiKeySecondary} and {SettingNames.LiveKitApiSecretSecondary} go together");
        }
        else if (secondKey is not null && secondKey == key)
        {
            errors.Add($"{SettingNames.LiveKitApiKeySecondary} is the same as {SettingNames.LiveKitApiKey}");
        }

        return errors.Count > 0 ? null : new LiveKitKeyring(
            secondKey is null
                ? [new LiveKitKey(key!, secret!)]
                : [new LiveKitKey(key!, secret!), new LiveKitKey(secondKey, secondSecret!)]);
    }

    private TwilioSettings? Twilio()
    {
        var account =
            Required(SettingNames.TwilioAccountSid, text => AccountSidPattern().IsMatch(text), "must be AC and 32 hexadecimal digits");
        var token = Required(SettingNames.TwilioAuthToken, _ => true, "");
        SipHost? host = null;
        Required(
            SettingNames.LiveKitSipUri,
            text => SipHost.TryParse(text, out host, out _),
            "must be a SIP host such as sip:project.sip.livekit.cloud");
        var (username, password) = (Text(SettingNames.LiveKitSipUsername), Text(SettingNames.LiveKitSipPassword));
        if (username is null != password is null)
        {
            errors.Add($"{SettingNames.LiveKitSipUsername} and {SettingNames.LiveKitSipPassword} go together");
        }

        string?[] tokens = [token, Text(SettingNames.TwilioAuthTokenSecondary)];
        return errors.Count > 0 ? null : new TwilioSettings(
            account!, [.. tokens.OfType<string>()], host!, username is null ? null : new SipCredentials(username, password!));
    }

    private RouteTable? Routes(NumberReader numbers)
    {
        var route = new Route(
            new AgentConfig(Text(SettingNames.LiveKitAgentName) ?? "voice-agent"),
            new CallTimeouts(
                TimeSpan.FromSeconds(Whole(SettingNames.DialTimeoutSeconds, 5, 600, 25)),
                TimeSpan.FromSeconds(Whole(SettingNames.MaxCallSeconds, 10, 14400, 3600)),
                TimeSpan.FromSeconds(Whole(SettingNames.RoomGraceSeconds, 0, 300, 10)),
                Silence()),
            new RouteFallback(Number(SettingNames.FallbackNumber), Text(SettingNames.FallbackMessage) ?? DefaultMessage));
        if (Text(SettingNames.LiveKitReserveAgentName) is { } reserve)
        {
            route = route with
            {
                Reserve = new AgentConfig(reserve),
                Timeouts = route.Timeouts with { Silence = route.Timeouts.Silence with { HasReserve = true } },
            };
        }

        string[] silence = [SettingNames.SilenceRedispatchSeconds, SettingNames.SilenceReserveSeconds, SettingNames.SilenceHandoverSeconds];
        if (silence.Any(name => Text(name) is not null) && !route.Timeouts.SilenceIsInOrder)
        {
            errors.Add($"{string.Join(", ", silence)}: each must come before the next");
        }

        var (file, json) = (Text(SettingNames.RoutesFile), Text(SettingNames.RoutesJson));
        if (file is not null && json is not null)
        {
            errors.Add($"{SettingNames.RoutesFile} and {SettingNames.RoutesJson} cannot both be set");
            return null;
        }

        try
        {
            json ??= file is null ? "{}" : readFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{SettingNames.RoutesFile} names a file that cannot be read");
            return null;
        }

        return RouteFile.Parse(json, route, errors, numbers);
    }

    private SilenceTimeouts Silence()
    {
        var redispatch = TimeSpan.FromSeconds(Whole(SettingNames.SilenceRedispatchSeconds, 3, 600, 10));
        var reserve = TimeSpan.FromSeconds(Whole(SettingNames.SilenceReserveSeconds, 3, 600, 16));
        var handover = Text(SettingNames.SilenceHandoverSeconds) is null
            ? (TimeSpan?)null
            : TimeSpan.FromSeconds(Whole(SettingNames.SilenceHandoverSeconds, 5, 600, 25));
        return new SilenceTimeouts(redispatch, reserve, handover) { CallsHuman = Text(SettingNames.LiveKitSipOutboundTrunkId) is not null };
    }

    private StorageSettings? Storage()
    {
        var connection = Text(SettingNames.StorageConnection);
        var uri = Optional(
            SettingNames.StorageTableUri,
            text => Uri.TryCreate(text, UriKind.Absolute, out var parsed) && parsed.Scheme == "https",
            "must be an https URL");
        var table = Table(SettingNames.CallsTable) ?? "calls";
        if (connection is not null && uri is not null)
        {
            errors.Add($"{SettingNames.StorageConnection} and {SettingNames.StorageTableUri} cannot both be set");
        }

        return connection is null && uri is null
            ? null
            : new StorageSettings(connection, uri is null ? null : new Uri(uri), Text(SettingNames.AzureClientId), table);
    }

    private string? Table(string name) =>
        Optional(name, text => TablePattern().IsMatch(text), "must be 3 to 63 letters and digits, a letter first");

    private string? Text(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private string? Required(string name, Func<string, bool> isValid, string rule)
    {
        if (Text(name) is not null)
        {
            return Optional(name, isValid, rule);
        }

        errors.Add($"{name} is missing");
        return null;
    }

    private string? Optional(string name, Func<string, bool> isValid, string rule)
    {
        var text = Text(name);
        if (text is null || isValid(text))
        {
            return text;
        }

        errors.Add($"{name} {rule}");
        return null;
    }

    private bool Flag(string name) =>
        !bool.TryParse(Optional(name, text => bool.TryParse(text, out _), "must be true or false"), out var flag) || flag;

    private int Whole(string name, int least, int most, int fallback)
    {
        var value = fallback;
        Optional(
            name,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
            $"must be a whole number from {least} to {most}");
        return value;
    }

    private NumberReader Numbers()
    {
        var region = Optional(
            SettingNames.DefaultRegion,
            text => NumberReader.IsRegion(text.ToUpperInvariant()),
            "must be a country in two letters, such as DE");
        return region is null ? NumberReader.International : new NumberReader(region.ToUpperInvariant());
    }

    private PhoneNumber? Number(string name)
    {
        PhoneNumber? number = null;
        Optional(name, text => PhoneNumber.TryParse(text, out number), "must be a number in E.164, such as +15550100123");
        return number;
    }

    private static bool IsPublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri is { Query: "", Fragment: "" }
        && text.AsSpan().IndexOfAny('?', '#') < 0;

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z")]
    private static partial Regex AccountSidPattern();

    [GeneratedRegex(@"^ST_[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex TrunkPattern();

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex RoomPrefixPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{3,32}\z")]
    private static partial Regex IdentityPrefixPattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TablePattern();
}
