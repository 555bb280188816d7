using System.Text.Json;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Costs.Prices;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Proofs;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>Where stored calls are read from: the journal that the environment names, or a file that <c>proof --json</c> wrote.</summary>
internal sealed class StoredCallSource(GatewaySettings settings, ICallJournal? journal)
{
    /// <summary>The routes of today.</summary>
    public RouteTable Routes => settings.Routes;

    /// <summary>The prices of today.</summary>
    public PriceList Prices => settings.Prices;

    /// <summary>Which rooms are ours by the settings of today.</summary>
    public RoomScope Scope => VoiceGateway.ScopeOf(settings);

    /// <summary>The journal.</summary>
    /// <exception cref="StoredCallException">The environment names none.</exception>
    public ICallJournal Journal => journal
        ?? throw new StoredCallException(
            $"No journal is configured: set {SettingNames.StorageConnection} or {SettingNames.StorageTableUri}, and "
                + $"{SettingNames.CallsTable} where the table is not 'calls'.");

    /// <summary>The source that the environment names; nothing is asked of it yet.</summary>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    public static StoredCallSource From(Func<string, string?> environment)
    {
        var settings = LocalSettings.ForStoredCalls(environment);
        return new StoredCallSource(
            settings,
            settings.Storage is { } storage ? TableCallJournal.Create(storage, TimeProvider.System) : null);
    }

    /// <summary>The rows of a call by its id, or out of a file.</summary>
    /// <exception cref="StoredCallException">Nothing is known of it, or the file is no proof.</exception>
    /// <exception cref="JournalUnavailableException">The journal does not answer.</exception>
    public async Task<(CallId CallId, IReadOnlyList<StoredRow> Rows)> ReadAsync(string argument, CancellationToken cancellationToken)
    {
        if (!CallId.TryParse(argument, out var callId))
        {
            var proof = TryReadFile(argument);
            return CallId.TryParse(proof?.CallId, out callId)
                ? (callId, proof!.Rows)
                : throw new StoredCallException($"{argument} is neither the id of a call nor a file of proof --json or call --save");
        }

        var rows = await Journal.ReadRowsAsync(callId, cancellationToken);
        return rows.Count > 0 ? (callId, rows) : throw new StoredCallException($"the journal knows no call {callId}");
    }

    /// <summary>The files of a folder that may hold calls, or what is no folder.</summary>
    public static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal) : [path];

    /// <summary>The proof in a file that <c>proof --json</c> wrote; <c>null</c> for every other file.</summary>
    public static CallProof? TryReadFile(string path)
    {
        try
        {
            var proof = JsonSerializer.Deserialize(File.ReadAllText(path), ProofJson.Default.CallProof);
            return proof is { CallId: not null, Rows: { } rows }
                && rows.All(row => row is { Key: not null, Columns: { } columns } && columns.Values.All(value => value is not null))
                    ? proof
                    : null;
        }
        catch (Exception other) when (other is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
