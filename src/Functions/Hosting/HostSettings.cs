using VoiceFunctions.Core.Settings;
using VoiceFunctions.Storage;
using VoiceFunctions.Tools;

namespace VoiceFunctions.Functions.Hosting;

/// <summary>The gateway's settings, and that the journal has a place: a function app's memory is gone with its instance.</summary>
internal static class HostSettings
{
    private const string NoStorage =
        $"{SettingNames.StorageConnection} or {SettingNames.StorageTableUri} must be set: the journal needs a table";

    /// <summary>Reads the settings; a <see cref="SettingsException"/> names everything that is missing or wrong.</summary>
    public static GatewaySettings Read(Func<string, string?> read, Func<string, string> readFile)
    {
        string[] missing = PastedValue.TextOf(read(SettingNames.StorageConnection)) is null
            && PastedValue.TextOf(read(SettingNames.StorageTableUri)) is null
                ? [NoStorage]
                : [];
        GatewaySettings settings;
        try
        {
            // A connection string that is none is a wrong setting too, and only the client library knows.
            settings = SettingsReader.Read(read, readFile, TableCallJournal.FaultOf, schemaFault: ToolSchema.FaultOf);
        }
        catch (SettingsException incomplete)
        {
            throw new SettingsException([.. incomplete.Errors, .. missing]);
        }

        return missing.Length == 0 ? settings : throw new SettingsException(missing);
    }
}
