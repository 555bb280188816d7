using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class HostSettingsTests
{
    [Fact]
    public void Complete_settings_are_read()
    {
        var settings = World.Settings.Read();

        Assert.Equal("https://voice.example.com", settings.PublicUrl);
    }

    [Fact]
    public void A_journal_without_a_place_stops_the_start()
    {
        var refused = Assert.Throws<SettingsException>(() => World.Settings.Read((SettingNames.StorageConnection, null)));

        Assert.Contains(SettingNames.StorageConnection, refused.Message, StringComparison.Ordinal);
        Assert.Contains(SettingNames.StorageTableUri, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var refused = Assert.Throws<SettingsException>(() => World.Settings.Read(
            (SettingNames.PublicUrl, null),
            (SettingNames.LiveKitApiSecret, "  "),
            (SettingNames.TwilioAuthToken, null),
            (SettingNames.StorageConnection, null)));

        Assert.All(
            [SettingNames.PublicUrl, SettingNames.LiveKitApiSecret, SettingNames.TwilioAuthToken, SettingNames.StorageConnection],
            name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tool_whose_schema_is_none_stops_the_start_and_is_named_with_everything_else()
    {
        const string Tools = """
            {"backends":[{"url":"https://golf.example","tools":[{"name":"book","mayRetry":1,"arguments":{"type":"objekt"}}]}]}
            """;

        var refused = Assert.Throws<SettingsException>(() => World.Settings.Read((SettingNames.ToolsJson, Tools)));

        Assert.Contains("backends[0].tools[0].arguments is no JSON schema", refused.Message, StringComparison.Ordinal);
        Assert.Contains("backends[0].tools[0].mayRetry must be true or false", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_the_key_vault_did_not_give_stops_the_start()
    {
        var refused = Assert.Throws<SettingsException>(() => World.Settings.Read(
            (SettingNames.LiveKitApiSecret, "@Microsoft.KeyVault(SecretUri=https://vault.example.com/secrets/LiveKit/)")));

        Assert.Contains(SettingNames.LiveKitApiSecret, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("vault.example.com", refused.Message, StringComparison.Ordinal);
    }
}
