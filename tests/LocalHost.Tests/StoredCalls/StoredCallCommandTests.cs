using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost.StoredCalls;

/// <summary>The commands about stored calls.</summary>
public sealed class StoredCallCommandTests(AzuriteServer azurite) : IAsyncLifetime
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly Dictionary<string, string> environment = [];
    private CallId callId = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName());
        await TableCallJournal.Create(settings, TimeProvider.System).EnsureTableAsync(Stop);
        var told = await Told.PlayAsync("answered", 7, Told.Rough);
        await told.WriteAsync(clock => TableCallJournal.Create(settings, clock));
        callId = Assert.Single(told.Calls);
        environment[SettingNames.StorageConnection] = azurite.ConnectionString;
        environment[SettingNames.CallsTable] = settings.Table;
    }

    public ValueTask DisposeAsync()
    {
        output.Dispose();
        errors.Dispose();
        return default;
    }

    [Fact]
    public async Task Proof_tells_the_story_without_phone_numbers_and_every_promise()
    {
        Assert.Equal(0, await ProveAsync(callId.Value));

        Assert.Contains("Twilio announced the call", $"{output}", StringComparison.Ordinal);
        Assert.Contains("step 1", $"{output}", StringComparison.Ordinal);
        Assert.EndsWith("All promises kept.\n", $"{output}", StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\+\d{7}", $"{output}");
    }

    [Fact]
    public async Task A_proof_that_was_saved_can_be_checked_and_decided_again_without_the_journal()
    {
        Assert.Equal(0, await ProveAsync("--json", callId.Value));
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, $"{output}", Stop);
        environment.Clear();

        Assert.Equal(0, await ProveAsync(path));
        Assert.Equal(0, await ReplayAsync(path));
        environment[SettingNames.RoomGraceSeconds] = "60";
        Assert.Equal(1, await ReplayAsync(path));
        Assert.Contains("did delete-room:1; this build: wait until", $"{output}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path, Stop)).Replace("z:s:000002", "z:s:000092", StringComparison.Ordinal), Stop);
        Assert.Equal(1, await ProveAsync(path));
        Assert.Contains("A promise was broken.", $"{output}", StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public async Task The_documents_fields_are_what_they_were()
    {
        await ProveAsync("--json", callId.Value);

        using var json = JsonDocument.Parse($"{output}");

        Assert.Equal(
            ["callId", "holds", "promises", "events", "steps", "effects", "rows"],
            json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("yes", json.RootElement.GetProperty("holds").GetString());
        Assert.Equal(["name", "answer", "text"], json.RootElement.GetProperty("promises")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Diff_decides_the_newest_calls_again()
    {
        Assert.Equal(0, await DiffAsync("--last", "3"));
        Assert.StartsWith($"{callId}  ", $"{output}", StringComparison.Ordinal);
        Assert.Contains("calls 1, ", $"{output}", StringComparison.Ordinal);

        environment[SettingNames.RoomGraceSeconds] = "60";
        Assert.Equal(1, await DiffAsync("--last", "1"));
        Assert.Contains("differing 1 in 1 calls", $"{output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_said_in_one_line()
    {
        Assert.Equal(2, await ProveAsync());
        Assert.Equal(2, await ProveAsync("nonsense"));
        Assert.Equal(2, await ProveAsync("aaaaaaaaaaaaaaaaaaaaaaaaaa"));
        Assert.Equal(2, await DiffAsync("--last", "0"));
        Assert.Equal(2, await DiffAsync());
        environment.Remove(SettingNames.StorageConnection);
        Assert.Equal(2, await ProveAsync(callId.Value));
        Assert.Equal(2, await DiffAsync("--last", "1"));
        Assert.Equal(2, await ReplayAsync(callId.Value));
        environment[SettingNames.RoomGraceSeconds] = "soon";
        Assert.Equal(2, await ProveAsync(callId.Value));

        Assert.Equal("", $"{output}");
        Assert.Equal(10, $"{errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private Task<int> ProveAsync(params string[] arguments) =>
        Shell.RunAsync(["proof", .. arguments], environment.GetValueOrDefault, Fresh(), errors, Stop);

    private Task<int> ReplayAsync(params string[] arguments) =>
        Shell.RunAsync(["replay", .. arguments], environment.GetValueOrDefault, Fresh(), errors, Stop);

    private Task<int> DiffAsync(params string[] arguments) =>
        Shell.RunAsync(["diff", .. arguments], environment.GetValueOrDefault, Fresh(), errors, Stop);

    private StringWriter Fresh()
    {
        output.GetStringBuilder().Clear();
        return output;
    }
}
