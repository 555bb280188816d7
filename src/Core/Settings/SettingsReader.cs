using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Limits;
using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Routing.Admission;
using VoiceFunctions.Core.Routing.Owners;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Tools.Catalog;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads and checks all settings at once. The errors name the settings, never their values.</summary>
public sealed partial class SettingsReader
{
    private const string DefaultMessage = "We are sorry, nobody can take your call right now. Please try again later.";
    private static readonly string[] LogLevels = ["Trace", "Debug", "Information", "Warning", "Error", "Critical"];

    private readonly Dictionary<string, PastedValue> values;
    private readonly Func<string, string> readFile;
    private readonly Func<StorageSettings, string?> storageFault;
    private readonly Func<JsonElement, string?> schemaFault;
    private readonly int shortestApiKey;
    private readonly List<string> errors = [];
    private readonly List<string> repairs = [];

    private SettingsReader(
        Func<string, string?> read,
        Func<string, string> readFile,
        Func<StorageSettings, string?> storageFault,
        Func<JsonElement, string?> schemaFault,
        bool isSimulated)
    {
        this.schemaFault = schemaFault;
        shortestApiKey = isSimulated ? 1 : 16;
        values = SettingNames.All.ToDictionary(
            setting => setting.Name, setting => PastedValue.Of(read(setting.Name), setting));
        this.readFile = readFile;
        this.storageFault = storageFault;
        foreach (var (name, value) in values)
        {
            Add(errors, name, value.Fault);
            Add(repairs, name, value.Fault is null ? value.Repair : null);
        }
    }

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Returns a setting's value by its name; <c>null</c> or empty if it is not set.</param>
    /// <param name="readFile">Returns a file's text by its path.</param>
    /// <param name="storageFault">
    /// What the store's own client says against the journal's place, as a sentence without values; <c>null</c> where it takes it.
    /// </param>
    /// <param name="isSimulated">Whether nobody but simulated people can be called: an API key may then be of any length.</param>
    /// <param name="schemaFault">
    /// What whoever checks tools by JSON schemas says against one, as the end of a sentence; <c>null</c> where it takes it.
    /// </param>
    /// <exception cref="SettingsException">A setting is missing or wrong. The message lists all errors.</exception>
    public static GatewaySettings Read(
        Func<string, string?> read,
        Func<string, string> readFile,
        Func<StorageSettings, string?>? storageFault = null,
        bool isSimulated = false,
        Func<JsonElement, string?>? schemaFault = null)
    {
        var reader = new SettingsReader(read, readFile, storageFault ?? (_ => null), schemaFault ?? (_ => null), isSimulated);
        var settings = reader.ReadAll();
        return reader.errors.Count == 0 ? settings : throw new SettingsException(reader.errors);
    }

    private GatewaySettings ReadAll()
    {
        var address = Address(SettingNames.PublicUrl, "must be an absolute http or https URL without query or fragment", "http", "https")
            ?.WithoutRoute();
        Add(repairs, SettingNames.PublicUrl, address?.Repair);
        var numbers = Numbers();
        var files = new FileOrText(Text, readFile, errors);
        var access = new AccessSettingsReader(Text, errors);
        var before = errors.Count;
        var (keys, scopes, entra) = (access.Keys(shortestApiKey), access.Scopes(), access.Entra());
        var limits = Text(SettingNames.TenantLimits) is { } json ? TenantLimitsJson.Read(json, errors) : TenantLimits.None;
        string[] clients = [.. entra?.Clients.Values ?? []];
        var table = Routes(numbers, errors.Count == before ? NamedTenants.Of(keys, clients, scopes, limits) : null);
        var routes = table?.For(new TenantPlaces(limits, NamedTenants.Only(keys, [.. table.Owners, .. clients])));
        return new GatewaySettings
        {
            PublicUrl = address?.Text ?? "",
            PublicUrlAsWritten = address?.AsWritten ?? "",
            Repairs = repairs,
            LiveKitHost = Host()!,
            LiveKitKeys = Keys()!,
            Twilio = Flag(SettingNames.TwilioEnabled) ? Twilio() : null,
            RoomPrefix = Optional(
                SettingNames.LiveKitRoomPrefix,
                text => RoomPrefixPattern().IsMatch(text),
                "must be 1 to 64 letters, digits, '.' and '-'")
                ?? "call",
            SipTrunkIds = Ids(SettingNames.LiveKitSipTrunkIds, TrunkPattern(), "ST_"),
            SipRuleIds = Ids(SettingNames.LiveKitSipRuleIds, RulePattern(), "SDR_"),
            SipOutboundTrunkId = Optional(
                SettingNames.LiveKitSipOutboundTrunkId,
                text => TrunkPattern().IsMatch(text),
                "must be ST_ and letters, digits, '_' or '-'"),
            AgentIdentityPrefix = Optional(
                SettingNames.LiveKitAgentIdentityPrefix,
                text => IdentityPrefixPattern().IsMatch(text),
                "must be 3 to 32 letters, digits, '_' and '-'"),
            Numbers = numbers,
            Routes = routes!,
            RecordingTarget = new RecordingTargetReader(Text, errors).Read(routes?.Records == true),
            Knowledge = new KnowledgeSettingsReader(Text, errors).Read(),
            Events = new EventSettingsReader(Text, errors).Read(
                Flag(SettingNames.EventConsole, false), TimeSpan.FromHours(Whole(SettingNames.EventRetryHours, 1, 168, 24))),
            DefaultFrom = Number(SettingNames.DefaultFromNumber),
            TelephonyEnabled = Flag(SettingNames.TelephonyEnabled),
            DiagnosticsKey = Optional(SettingNames.DiagnosticsKey, text => text.Length >= 16, "must have at least 16 characters"),
            ApiKeys = keys,
            ApiTokenKeys = access.TokenKeys(),
            TenantLimits = limits,
            TenantScopes = scopes,
            Cors = access.Cors(),
            Entra = entra,
            Storage = Storage(),
            SimulatedTable = Table(SettingNames.SimulateWithRealJournal),
            Tools = files.Read(SettingNames.ToolsFile, SettingNames.ToolsJson) is { } tools
                ? ToolFile.Parse(tools, errors, schemaFault) ?? ToolTable.Empty
                : ToolTable.Empty,
            OwnPrices = files.Read(SettingNames.PricesFile, SettingNames.PricesJson) is { } prices
                ? PriceFile.Parse(prices, errors)
                : null,
            Retention = TimeSpan.FromDays(Whole(SettingNames.RetentionDays, 1, 3650, 30)),
            MetricsOpen = IsSet(SettingNames.MetricsOpen) && Flag(SettingNames.MetricsOpen),
            LogLevel = Optional(
                SettingNames.LogLevel,
                text => LogLevels.Contains(text, StringComparer.OrdinalIgnoreCase),
                $"must be one of {string.Join(", ", LogLevels)}")
                ?? "Information",
        };
    }

    private LiveKitHost? Host()
    {
        const string Rule = "must be an http, https, ws or wss URL";
        var address = Address(SettingNames.LiveKitHost, Rule, "http", "https", "ws", "wss");
        Add(repairs, SettingNames.LiveKitHost, address?.Repair);
        Add(errors, SettingNames.LiveKitHost, LiveKitHost.TryParse(address?.Text, out var host) || address is null ? null : Rule);
        return host;
    }

    private LiveKitKeyring? Keys()
    {
        const string Rule = "must not contain blanks, or quotes at its ends";
        var key = Required(SettingNames.LiveKitApiKey, IsWord, Rule);
        var secret = Required(SettingNames.LiveKitApiSecret, IsWord, Rule);
        var secondKey = Optional(SettingNames.LiveKitApiKeySecondary, IsWord, Rule);
        var secondSecret = Optional(SettingNames.LiveKitApiSecretSecondary, IsWord, Rule);
        if (IsSet(SettingNames.LiveKitApiKeySecondary) != IsSet(SettingNames.LiveKitApiSecretSecondary))
        {
            errors.Add($"{SettingNames.LiveKitApiKeySecondary} and {SettingNames.LiveKitApiSecretSecondary} must be set together");
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
        var accounts = TwilioAccounts();
        SipHost? host = null;
        Required(
            SettingNames.LiveKitSipUri,
            text => SipHost.TryParse(text, out host, out _),
            "must be a SIP host such as sip:project.sip.livekit.cloud");
        var (username, password) = (Text(SettingNames.LiveKitSipUsername), Text(SettingNames.LiveKitSipPassword));
        if (IsSet(SettingNames.LiveKitSipUsername) != IsSet(SettingNames.LiveKitSipPassword))
        {
            errors.Add($"{SettingNames.LiveKitSipUsername} and {SettingNames.LiveKitSipPassword} must be set together");
        }

        return errors.Count > 0
            ? null
            : new TwilioSettings(accounts, host!, username is null ? null : new SipCredentials(username, password!));
    }

    private List<TwilioAccount> TwilioAccounts()
    {
        var sid = Required(SettingNames.TwilioAccountSid, text => TwilioAccount.SidOf(text) is not null, TwilioAccount.SidRule);
        string?[] written =
        [
            Required(SettingNames.TwilioAuthToken, text => TwilioAccount.TokenOf(text) is not null, TwilioAccount.TokenRule),
            Optional(SettingNames.TwilioAuthTokenSecondary, text => TwilioAccount.TokenOf(text) is not null, TwilioAccount.TokenRule),
        ];
        string?[] tokens = [.. written.Select(token => token is null ? null : TwilioAccount.TokenOf(token))];
        var region = Optional(SettingNames.TwilioRegion, text => TwilioAccount.RegionOf(text) is not null, TwilioAccount.RegionRule);
        var edge = Optional(SettingNames.TwilioEdge, text => TwilioAccount.EdgeOf(text) is not null, TwilioAccount.EdgeRule);
        var first = sid is null ? null : TwilioAccount.SidOf(sid);
        Add(repairs, SettingNames.TwilioAccountSid, first == sid ? null : TwilioAccount.HadCapitals);
        Add(repairs, SettingNames.TwilioAuthToken, tokens[0] == written[0] ? null : TwilioAccount.HadCapitals);
        Add(repairs, SettingNames.TwilioAuthTokenSecondary, tokens[1] == written[1] ? null : TwilioAccount.HadCapitals);
        return
        [
            new TwilioAccount(first ?? "", [.. tokens.OfType<string>()])
            {
                Region = region?.ToLowerInvariant(),
                Edge = edge?.ToLowerInvariant(),
            },
            .. Text(SettingNames.TwilioAccounts) is { } json ? TwilioAccountsJson.Read(json, first, errors) : [],
        ];
    }

    private RouteTable? Routes(NumberReader numbers, HashSet<string>? tenants)
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
            errors.Add($"{string.Join(", ", silence)}: each must be less than the next");
        }

        var before = errors.Count;
        var json = new FileOrText(Text, readFile, errors).Read(SettingNames.RoutesFile, SettingNames.RoutesJson);
        return errors.Count > before
            ? null
            : RouteFile.Parse(json ?? "{}", route, errors, numbers, new RouteOwners(tenants, AccessSettingNames.NameTenants));
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
        var uri = Address(SettingNames.StorageTableUri, "must be an https URL", "https");
        var table = Table(SettingNames.CallsTable) ?? "calls";
        if (connection is not null && uri is not null)
        {
            errors.Add($"{SettingNames.StorageConnection} and {SettingNames.StorageTableUri} cannot both be set");
        }

        if (connection is null == uri is null)
        {
            return null;
        }

        var storage = new StorageSettings(connection, uri is null ? null : new Uri(uri.Text), Text(SettingNames.AzureClientId), table);
        if (storageFault(storage) is { } fault)
        {
            errors.Add(fault);
        }

        return storage;
    }

    private HashSet<string> Ids(string name, Regex pattern, string prefix)
    {
        var ids = (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!ids.All(pattern.IsMatch))
        {
            errors.Add($"{name} must be ids that begin with {prefix}, separated by commas");
        }

        return [.. ids];
    }

    private string? Table(string name) =>
        Optional(name, text => TablePattern().IsMatch(text), "must be 3 to 63 letters and digits, a letter first");

    /// <summary>The value; <c>null</c> where none is set, and where a wrong one was named already.</summary>
    private string? Text(string name) => values[name] is { Fault: null, Text: var text } ? text : null;

    private bool IsSet(string name) => values[name].Text is not null;

    private string? Required(string name, Func<string, bool> isValid, string rule)
    {
        Add(errors, name, IsSet(name) ? null : "is missing");
        return Optional(name, isValid, rule);
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

    private WebAddress? Address(string name, string rule, params string[] schemes)
    {
        if (SettingNames.All.First(setting => setting.Name == name).Need == SettingNeed.Required && !IsSet(name))
        {
            errors.Add($"{name} is missing");
        }

        if (Text(name) is not { } text)
        {
            return null;
        }

        var address = WebAddress.Read(text, schemes, out var fault);
        Add(errors, name, address is null ? fault.Length > 0 ? fault : rule : null);
        return address;
    }

    private static void Add(List<string> sentences, string name, string? end)
    {
        if (end is not null)
        {
            sentences.Add($"{name} {end}");
        }
    }

    private static bool IsWord(string text) => !text.Contains(' ', StringComparison.Ordinal) && !PastedValue.HasLoneQuote(text);

    private bool Flag(string name, bool fallback = true) =>
        bool.TryParse(Optional(name, text => bool.TryParse(text, out _), "must be true or false"), out var flag) ? flag : fallback;

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

    [GeneratedRegex(@"^ST_[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex TrunkPattern();

    [GeneratedRegex(@"^SDR_[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,64}\z")]
    private static partial Regex RoomPrefixPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{3,32}\z")]
    private static partial Regex IdentityPrefixPattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TablePattern();
}
