using System.Globalization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.Tenants;

/// <summary><c>tenants add|key|list|revoke</c>: the stored API keys, in the table that the environment names.</summary>
internal static class TenantsCommand
{
    private const string Text =
        """
        ./run.sh tenants add TENANT          makes a tenant its first API key, and shows it once
        ./run.sh tenants key TENANT          makes it a further one
        ./run.sh tenants list [TENANT]       lists the keys by their ids
        ./run.sh tenants revoke TENANT ID    revokes a key; access tokens that it got end within the hour
        """;

    /// <summary>Runs the command; 0 when it is done, 1 where it cannot be, and 2 where it was not understood.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var isUnderstood = arguments is ["list"] || (arguments is ["add" or "key" or "list", _] or ["revoke", _, _]
            && TenantName.IsOne(arguments[1]));
        if (!isUnderstood)
        {
            await errors.WriteLineAsync(Text);
            await errors.WriteLineAsync("A tenant's name has 1 to 64 letters, digits, '_' and '-'.");
            return 2;
        }

        try
        {
            var desk = await DeskAsync(environment, cancellationToken);
            return arguments switch
            {
                ["list"] => await ListAsync(desk, null, output, cancellationToken),
                ["list", var tenant] => await ListAsync(desk, tenant, output, cancellationToken),
                ["revoke", var tenant, var id] => await RevokeAsync(desk, tenant, id, output, errors, cancellationToken),
                [var how, var tenant] => await MakeAsync(desk, tenant, isFirst: how == "add", output, errors, cancellationToken),
                _ => 2,
            };
        }
        catch (Exception impossible) when (impossible is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await errors.WriteLineAsync(impossible.Message);
            return 1;
        }
    }

    private static async Task<ApiKeyDesk> DeskAsync(Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var storage = LocalSettings.ForStoredCalls(environment).Storage ?? throw new StoredCallException(
            $"No place for keys is named: set {SettingNames.StorageConnection} or {SettingNames.StorageTableUri}, and "
                + $"{SettingNames.CallsTable} where the table is not 'calls'.");
        await TableCallJournal.Create(storage, TimeProvider.System).EnsureTableAsync(cancellationToken);
        return new ApiKeyDesk(TableApiKeyStore.Create(storage), TimeProvider.System);
    }

    private static async Task<int> ListAsync(
        ApiKeyDesk desk, string? tenant, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var key in await desk.ListAsync(tenant, cancellationToken))
        {
            var made = key.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"{key.Tenant}  {key.Id}  made {made} UTC");
        }

        return 0;
    }

    private static async Task<int> MakeAsync(
        ApiKeyDesk desk, string tenant, bool isFirst, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var has = (await desk.ListAsync(tenant, cancellationToken)).Count > 0;
        if (has == isFirst)
        {
            await errors.WriteLineAsync(has
                ? $"{tenant} is there already: ./run.sh tenants key {tenant} makes it a further key"
                : $"there is no tenant {tenant}: ./run.sh tenants add {tenant} makes it its first key");
            return 1;
        }

        if (await desk.MakeAsync(tenant, cancellationToken) is not { Text: var text })
        {
            await errors.WriteLineAsync($"{tenant} has {ApiKeyDesk.MostKeys} keys: revoke one first");
            return 1;
        }

        await output.WriteLineAsync(text);
        await errors.WriteLineAsync($"This is the key of {tenant}. It is shown this once; only a hash of it is stored.");
        return 0;
    }

    private static async Task<int> RevokeAsync(
        ApiKeyDesk desk, string tenant, string id, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (await desk.RevokeAsync(tenant, id, cancellationToken))
        {
            await output.WriteLineAsync($"revoked {id} of {tenant}");
            return 0;
        }

        await errors.WriteLineAsync($"{tenant} has no key {id}: ./run.sh tenants list {tenant} shows those it has");
        return 1;
    }
}
