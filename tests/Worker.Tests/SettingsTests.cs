using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Worker.Hosting;
using World = VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Worker;

public sealed class SettingsTests
{
    /// <summary>Nobody listens there; a worker without its settings does not ask.</summary>
    private static readonly Uri NoHost = new("http://127.0.0.1:1");

    [Fact]
    public async Task Without_settings_the_worker_ends_with_one_message_that_names_each_that_is_missing()
    {
        var incomplete = Assert.Throws<SettingsException>(() => HostSettings.Read(_ => null, _ => ""));

        var end = await RunAsync([]);

        Assert.Equal(new WorkerEnd(1, "", incomplete.Message + "\n"), end);
        Assert.All(
            SettingNames.All.Where(setting => setting.Need != SettingNeed.Optional),
            setting => Assert.Contains($"  - {setting.Name} is missing\n", end.Errors, StringComparison.Ordinal));
        Assert.Contains($"  - {SettingNames.StorageConnection} or ", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_wrong_setting_the_worker_ends_with_a_message_that_names_it_and_not_its_value()
    {
        const string message = "These settings are missing or wrong:\n  - LIVEKIT_HOST must be an http, https, ws or wss URL\n";
        var settings = new Dictionary<string, string>(World.Settings.Complete) { [SettingNames.LiveKitHost] = "ftp://livekit.example.com" };

        var end = await RunAsync(settings);

        Assert.Equal(new WorkerEnd(1, "", message), end);
    }

    private static async Task<WorkerEnd> RunAsync(IEnumerable<KeyValuePair<string, string>> settings)
    {
        using var worker = new WorkerProcess(NoHost, settings);
        return await worker.EndAsync(TestContext.Current.CancellationToken);
    }
}
