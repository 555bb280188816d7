using System.Text.Json.Nodes;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.LocalHost.Tenants;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>The command that makes, lists and revokes API keys.</summary>
public sealed class TenantsCommandTests(AzuriteServer azurite) : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly StorageSettings storage = new(azurite.ConnectionString, null, null, azurite.NewTableName());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task A_tenants_first_key_is_shown_once_and_opens()
    {
        Assert.Equal(0, await RunAsync("add", "golf"));
        var key = $"{output}".Trim();

        Assert.Equal(
            ApiKeyVerdict.Right, await new ApiKeyVerifier(TableApiKeyStore.Create(storage)).CheckAsync("golf", key, Stop));
        Assert.Equal(0, await RunAsync("list"));
        Assert.Contains($"golf  {ApiKeyText.Parse(key)!.Id}  made ", $"{output}", StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKeyText.Parse(key)!.Secret, $"{output}"[key.Length..] + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_is_added_once_and_gets_further_keys_afterwards()
    {
        Assert.Equal(1, await RunAsync("key", "golf"));
        Assert.Equal(0, await RunAsync("add", "golf"));
        Assert.Equal(1, await RunAsync("add", "golf"));
        Assert.Equal(0, await RunAsync("key", "golf"));
        Assert.Equal(2, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task A_revoked_key_is_gone_and_revoking_it_again_says_so()
    {
        await RunAsync("add", "golf");
        var id = (await KeysAsync())[0].Id;

        Assert.Equal(0, await RunAsync("revoke", "golf", id));
        Assert.Equal(1, await RunAsync("revoke", "golf", id));
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task Keys_are_told_as_JSON_too()
    {
        var made = await TellAsync("add", "golf", "--json");
        var listed = await TellAsync("list", "--json");
        var revoked = await TellAsync("revoke", "golf", (string)made["id"]!, "--json");

        Assert.Equal(ApiKeyText.Parse((string)made["key"]!)!.Id, (string?)made["id"]);
        Assert.Equal(["tenant", "id", "madeAt"], listed["keys"]![0]!.AsObject().Select(field => field.Key));
        Assert.True((bool)revoked["revoked"]!);
    }

    [Theory]
    [InlineData]
    [InlineData("add")]
    [InlineData("add", "a b")]
    [InlineData("revoke", "golf")]
    [InlineData("remove", "golf")]
    public async Task What_is_not_understood_changes_nothing_and_shows_how_it_is_done(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Contains("--help.", $"{errors}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_place_for_keys_it_says_which_settings_name_one()
    {
        Assert.Equal(1, await Shell.RunAsync(["tenants", "add", "golf"], _ => null, output, errors, Stop));
        Assert.Contains(SettingNames.StorageConnection, $"{errors}", StringComparison.Ordinal);
    }

    private async Task<JsonObject> TellAsync(params string[] arguments)
    {
        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync(arguments));
        return JsonNode.Parse($"{output}")!.AsObject();
    }

    private Task<int> RunAsync(params string[] arguments) => Shell.RunAsync(
        ["tenants", .. arguments],
        name => name switch
        {
            SettingNames.StorageConnection => azurite.ConnectionString,
            SettingNames.CallsTable => storage.Table,
            _ => null,
        },
        output,
        errors,
        Stop);

    private async Task<IReadOnlyList<StoredApiKey>> KeysAsync() =>
        await TableApiKeyStore.Create(storage).ListAsync(null, Stop).ToListAsync(Stop);
}
