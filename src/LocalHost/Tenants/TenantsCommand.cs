using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Access.Keys;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.CommandLine;
using VoiceFunctions.LocalHost.Hosting;
using VoiceFunctions.LocalHost.StoredCalls;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.Tenants;

/// <summary><c>tenants add|key|list|revoke</c>: the stored API keys, in the table that the environment names.</summary>
internal static class TenantsCommand
{
    private static readonly ValueArgument<string> TenantArgument = Tenant(ArgumentArity.ExactlyOne);

    private static readonly ValueArgument<string> AnyTenantArgument = Tenant(ArgumentArity.ZeroOrOne);

    private static readonly ValueArgument<string> IdArgument = new("ID", "the id of a key, which tenants list shows");

    private static readonly Option<bool> JsonOption = JsonText.Option("The result");

    private static readonly ExitStatus[] ExitStatuses =
    [
        new(0, "it is done"),
        new(1, "it cannot be done, and it says why"),
        new(ExitStatus.WrongArguments, "the arguments are wrong"),
    ];

    /// <summary>The commands.</summary>
    public static Command Create(CommandConsole console)
    {
        var tenants = new DocumentedCommand(
            "tenants", "Creates, lists and revokes API keys of tenants, in the table that the settings name")
        {
            Examples = ["./run.sh tenants add golf", "./run.sh tenants list"],
            ExitStatuses = ExitStatuses,
        };
        tenants.Subcommands.Add(Command(
            "add", "Creates the first API key of a tenant, and shows it once", "golf", [TenantArgument], Making(true)));
        tenants.Subcommands.Add(Command("key", "Creates a further API key, and shows it once", "golf", [TenantArgument], Making(false)));
        tenants.Subcommands.Add(Command(
            "list",
            "Lists the ids of keys, of one tenant or of all",
            "golf",
            [AnyTenantArgument],
            (desk, parsed, stop) => ListAsync(desk, parsed.GetValue(AnyTenantArgument), parsed.GetValue(JsonOption), console, stop)));
        tenants.Subcommands.Add(Command(
            "revoke",
            "Revokes a key; access tokens that were issued for it expire within an hour",
            "golf ID",
            [TenantArgument, IdArgument],
            (desk, parsed, stop) => RevokeAsync(
                desk,
                parsed.GetRequiredValue(TenantArgument),
                parsed.GetRequiredValue(IdArgument),
                parsed.GetValue(JsonOption),
                console,
                stop)));
        return tenants;

        Func<ApiKeyDesk, ParseResult, CancellationToken, Task<int>> Making(bool isFirst) => (desk, parsed, stop) =>
            MakeAsync(desk, parsed.GetRequiredValue(TenantArgument), isFirst, parsed.GetValue(JsonOption), console, stop);

        DocumentedCommand Command(
            string name,
            string description,
            string example,
            IReadOnlyList<Argument> arguments,
            Func<ApiKeyDesk, ParseResult, CancellationToken, Task<int>> run)
        {
            var command = new DocumentedCommand(name, description)
            {
                Examples = [$"./run.sh tenants {name} {example}"],
                ExitStatuses = ExitStatuses,
            };
            foreach (var argument in arguments)
            {
                command.Arguments.Add(argument);
            }

            command.Options.Add(JsonOption);
            command.SetAction((parsed, stop) => AtDeskAsync(console, desk => run(desk, parsed, stop), stop));
            return command;
        }
    }

    private static ValueArgument<string> Tenant(ArgumentArity arity)
    {
        var argument = new ValueArgument<string>("TENANT", "a name of 1 to 64 letters, digits, '_' and '-'") { Arity = arity };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && !TenantName.IsOne(name))
            {
                result.AddError($"TENANT takes {argument.Expected}, and not '{name}'");
            }
        });
        return argument;
    }

    private static async Task<int> AtDeskAsync(CommandConsole console, Func<ApiKeyDesk, Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(await DeskAsync(console.Environment, cancellationToken));
        }
        catch (Exception impossible) when (impossible is StoredCallException or SettingsException or JournalUnavailableException)
        {
            await console.Errors.WriteLineAsync(impossible.Message);
            return 1;
        }
    }

    private static async Task<ApiKeyDesk> DeskAsync(Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var storage = LocalSettings.ForStoredCalls(environment).Storage ?? throw new StoredCallException(
            $"No table for keys is configured: set {SettingNames.StorageConnection} or {SettingNames.StorageTableUri}, and "
                + $"{SettingNames.CallsTable} where the table is not 'calls'.");
        await TableCallJournal.Create(storage, TimeProvider.System).EnsureTableAsync(cancellationToken);
        return new ApiKeyDesk(TableApiKeyStore.Create(storage), TimeProvider.System);
    }

    private static async Task<int> ListAsync(
        ApiKeyDesk desk, string? tenant, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        var all = await desk.ListAsync(tenant, cancellationToken);
        if (isJson)
        {
            console.Tell(new JsonObject
            {
                ["keys"] = JsonText.Array(
                    all, key => new JsonObject { ["tenant"] = key.Tenant, ["id"] = key.Id, ["madeAt"] = key.MadeAt }),
            });
            return 0;
        }

        var keys = new Listing(new("Tenant") { IsWhole = true }, new("Key") { IsWhole = true }, new("Made"));
        foreach (var key in all)
        {
            var made = key.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            keys.Add(key.Tenant, key.Id, $"made {made} UTC");
        }

        console.Tell(keys);
        return 0;
    }

    private static async Task<int> MakeAsync(
        ApiKeyDesk desk, string tenant, bool isFirst, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        var has = (await desk.ListAsync(tenant, cancellationToken)).Count > 0;
        if (has == isFirst)
        {
            await console.Errors.WriteLineAsync(has
                ? $"{tenant} is there already: ./run.sh tenants key {tenant} makes it a further key"
                : $"there is no tenant {tenant}: ./run.sh tenants add {tenant} makes it its first key");
            return 1;
        }

        if (await desk.MakeAsync(tenant, cancellationToken) is not { } made)
        {
            await console.Errors.WriteLineAsync($"{tenant} has {ApiKeyDesk.MostKeys} keys: revoke one first");
            return 1;
        }

        if (isJson)
        {
            console.Tell(new JsonObject { ["tenant"] = tenant, ["id"] = made.Key.Id, ["key"] = made.Text });
        }
        else
        {
            console.Tell(made.Text);
        }

        await console.Errors.WriteLineAsync($"This is the key of {tenant}. It is shown this once; only a hash of it is stored.");
        return 0;
    }

    private static async Task<int> RevokeAsync(
        ApiKeyDesk desk, string tenant, string id, bool isJson, CommandConsole console, CancellationToken cancellationToken)
    {
        if (await desk.RevokeAsync(tenant, id, cancellationToken))
        {
            if (isJson)
            {
                console.Tell(new JsonObject { ["tenant"] = tenant, ["id"] = id, ["revoked"] = true });
            }
            else
            {
                console.Tell($"revoked {id} of {tenant}");
            }

            return 0;
        }

        await console.Errors.WriteLineAsync($"{tenant} has no key {id}: ./run.sh tenants list {tenant} shows those it has");
        return 1;
    }
}
