using VoiceFunctions.Core.Routing;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.LocalHost.Serve;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>Calls of a gateway that serves are never open, whatever of it is real.</summary>
public sealed class ServedPartsTests(AzuriteServer azurite)
{
    private const string Key = "a-key-of-this-test";

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(false, false, Key)]
    [InlineData(false, true, null)]
    [InlineData(true, false, null)]
    [InlineData(true, false, Key)]
    public async Task Calls_are_read_with_the_key_that_is_set_or_with_one_of_this_run(bool realLiveKit, bool realJournal, string? set)
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

        Assert.Equal(set is null, parts.HasMadeKey);
        Assert.Equal(set ?? parts.Settings.DiagnosticsKey, parts.Settings.DiagnosticsKey);
        Assert.InRange(parts.Settings.DiagnosticsKey!.Length, 16, 64);
        Assert.DoesNotContain(parts.Description, line => line.Contains(parts.Settings.DiagnosticsKey!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SettingNames.RoutesJson)]
    [InlineData(SettingNames.RoutesFile)]
    public async Task Routes_of_the_environment_take_the_place_of_those_of_the_simulated_network(string setting)
    {
        const string Routes = """{"routes":[{"prefix":"+1","agent":{"name":"mine"}}]}""";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Routes, TestContext.Current.CancellationToken);
        string? Environment(string name) => name == setting ? (setting == SettingNames.RoutesFile ? file : Routes) : null;

        await using var parts = await ServedParts.FromAsync(
            Environment, new Uri("http://127.0.0.1:7071"), _ => { }, _ => { }, TestContext.Current.CancellationToken);
        var stored = LocalSettings.ForStoredCalls(Environment);
        File.Delete(file);

        Assert.All([parts.Settings, stored], settings =>
            Assert.Equal("mine", settings.Routes.Find(new RouteQuery("+15550100144")).Agent.Name));
    }

    [Theory]
    [InlineData(SettingNames.ToolsJson)]
    [InlineData(SettingNames.ToolsFile)]
    public async Task Tools_of_the_environment_take_the_place_of_those_of_the_simulated_network(string setting)
    {
        const string Tools = """{"backends":[{"url":"https://golf.example","tools":[{"name":"mine"}]}]}""";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Tools, TestContext.Current.CancellationToken);
        string? Environment(string name) => name == setting ? (setting == SettingNames.ToolsFile ? file : Tools) : null;

        await using var parts = await ServedParts.FromAsync(
            Environment, new Uri("http://127.0.0.1:7071"), _ => { }, _ => { }, TestContext.Current.CancellationToken);
        File.Delete(file);

        Assert.Equal(["mine"], parts.Settings.Tools.All.Select(tool => tool.Name));
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

    [Fact]
    public async Task Each_run_makes_another_key()
    {
        Assert.NotEqual(await KeyAsync(), await KeyAsync());

        static async Task<string?> KeyAsync()
        {
            await using var parts = await ServedParts.FromAsync(
                _ => null, new Uri("http://127.0.0.1:7071"), _ => { }, _ => { }, TestContext.Current.CancellationToken);
            return parts.Settings.DiagnosticsKey;
        }
    }
}
