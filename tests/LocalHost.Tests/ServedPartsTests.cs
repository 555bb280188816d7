using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Serve;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>Who may read calls of a gateway that serves, by what of it is real.</summary>
public sealed class ServedPartsTests(AzuriteServer azurite)
{
    private const string Key = "a-key-of-this-test";

    [Theory]
    [InlineData(false, false, null, "open", "open")]
    [InlineData(false, false, Key, "closed", "open")]
    [InlineData(false, true, null, "closed", "closed")]
    [InlineData(false, true, Key, "closed", "open")]
    [InlineData(true, false, null, "closed", "closed")]
    [InlineData(true, false, Key, "closed", "open")]
    public async Task Calls_are_open_without_a_key_only_where_none_is_set_and_nothing_is_real(
        bool realLiveKit, bool realJournal, string? set, string withoutKey, string withKey)
    {
        var table = azurite.NewTableName();
        Dictionary<string, string?> environment = new()
        {
            [SettingNames.SimulateWithRealJournal] = table,
            [SettingNames.DiagnosticsKey] = set,
            [SettingNames.LiveKitHost] = realLiveKit ? "https://livekit.example.com" : null,
            [SettingNames.StorageConnection] = realJournal ? azurite.ConnectionString : null,
            [SettingNames.CallsTable] = table,
            [SettingNames.LiveKitApiKey] = "devkey",
            [SettingNames.LiveKitApiSecret] = "a-secret-of-this-test-0123456789abcdef",
            [SettingNames.PublicUrl] = "https://voice.example.com",
            [SettingNames.TwilioEnabled] = "false",
        };

        await using var parts = await ServedParts.FromAsync(
            environment.GetValueOrDefault, new Uri("http://127.0.0.1:7071"), _ => { }, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((withoutKey, withKey), (To(parts.Diagnostics, null), To(parts.Diagnostics, Key)));
        Assert.Contains(parts.Description, line => line.StartsWith($"Calls     {withKey}", StringComparison.Ordinal));
        Assert.DoesNotContain(parts.Description, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task A_simulated_network_beside_a_stored_journal_is_refused_in_a_sentence_that_says_what_to_set(string? told)
    {
        Dictionary<string, string?> environment = new()
        {
            [SettingNames.StorageConnection] = "UseDevelopmentStorage=true",
            [SettingNames.CallsTable] = "mine",
            [SettingNames.SimulateWithRealJournal] = told,
        };

        var refused = await Assert.ThrowsAsync<SettingsException>(() => ServedParts.FromAsync(
            environment.GetValueOrDefault, new Uri("http://127.0.0.1:7071"), _ => { }, _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal(
            "LIVEKIT_HOST is not set, and a simulated LiveKit would end every call in the journal's table 'mine': "
                + "set LIVEKIT_HOST, or SIMULATE_WITH_REAL_JOURNAL=mine if all calls in that table are simulated.",
            refused.Message);
    }

    private static string To(DiagnosticsAccess access, string? key)
    {
        string? Header(string name) => name == DiagnosticsAccess.HeaderName ? key : null;
        return access.Check(new GatewayRequest("GET", "/calls", Header, ReadOnlyMemory<byte>.Empty)).Refusal is null ? "open" : "closed";
    }
}
