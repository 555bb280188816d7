using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Entra;
using VoiceFunctions.Functions.Hosting;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class GatewayServicesTests
{
    private const string Key = "a-key-of-this-test";

    [Theory]
    [InlineData(null, null, 403)]
    [InlineData(null, Key, 403)]
    [InlineData(Key, null, 401)]
    [InlineData(Key, "another-key-of-this-test", 401)]
    [InlineData(Key, Key, 400)]
    public async Task The_app_asks_for_its_diagnostics_key_and_is_closed_without_one(string? set, string? given, int status)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddGateway(World.Settings.Read((SettingNames.DiagnosticsKey, set)));
        await using var provider = services.BuildServiceProvider();
        string? Header(string name) => name == DiagnosticsAccess.HeaderName ? given : null;

        var response = await provider.GetRequiredService<VoiceGateway>().Front.HandleAsync(
            new GatewayRequest("GET", "/calls/nonsense", Header, ReadOnlyMemory<byte>.Empty), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Tenants_keys_are_kept_in_the_table_and_no_directory_is_asked_unless_the_settings_name_one()
    {
        await using var plain = Provider();
        await using var directory = Provider(
            (AccessSettingNames.EntraTenantId, "11111111-2222-3333-4444-555555555555"),
            (AccessSettingNames.EntraAudience, "api://voice"),
            (AccessSettingNames.EntraClients, "{}"));

        Assert.IsType<TableApiKeyStore>(plain.GetRequiredService<IApiKeyStore>());
        Assert.Null(plain.GetService<IForeignTokens>());
        Assert.IsType<EntraTokens>(directory.GetRequiredService<IForeignTokens>());
    }

    private static ServiceProvider Provider(params (string Name, string? Value)[] changes)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddGateway(World.Settings.Read(changes));
        return services.BuildServiceProvider();
    }
}
