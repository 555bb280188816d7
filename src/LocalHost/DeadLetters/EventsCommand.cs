using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Serve;

namespace VoiceFunctions.LocalHost.DeadLetters;

/// <summary>
/// <c>events dead</c> and <c>events replay ID…</c>: lists the dead letters of a gateway that runs, and has them replayed. The gateway is
/// the one at <c>PUBLIC_URL</c>, or the one on this machine, and is asked with <c>DIAGNOSTICS_KEY</c>.
/// </summary>
internal static class EventsCommand
{
    private const string Usage = "events needs one of: dead, replay ID…, replay --all";

    /// <summary>Runs the command; 0 where everything worked, 1 where a letter was not taken, 2 where nothing could be asked.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<string, string?> environment,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        string at;
        try
        {
            at = PastedValue.TextOf(environment(SettingNames.PublicUrl)) ?? $"http://{ListenPlace.Read(environment).Own}";
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }

        var key = PastedValue.TextOf(environment(SettingNames.DiagnosticsKey));
        if (key is null || !Uri.TryCreate($"{at.TrimEnd('/')}/", UriKind.Absolute, out var gateway))
        {
            await errors.WriteLineAsync(
                $"{SettingNames.DiagnosticsKey} must be the gateway's, and {SettingNames.PublicUrl} its address where it runs elsewhere.");
            return 2;
        }

        using var http = new HttpClient { BaseAddress = gateway };
        http.DefaultRequestHeaders.Add(DiagnosticsAccess.HeaderName, key);
        try
        {
            return arguments switch
            {
                ["dead"] => await ListAsync(http, output, cancellationToken),
                ["replay", "--all"] => await ReplayAsync(
                    http, [.. (await LettersAsync(http, cancellationToken)).Select(IdOf)], output, cancellationToken),
                ["replay", _, ..] => await ReplayAsync(http, [.. arguments.Skip(1)], output, cancellationToken),
                _ => await WrongAsync(errors),
            };
        }
        catch (HttpRequestException away)
        {
            var said = away.StatusCode?.ToString() ?? "nothing, it cannot be reached";
            await errors.WriteLineAsync($"The gateway at {gateway} says: {said}.");
            return 2;
        }
    }

    private static async Task<int> WrongAsync(TextWriter errors)
    {
        await errors.WriteLineAsync(Usage);
        return 2;
    }

    private static async Task<int> ListAsync(HttpClient http, TextWriter output, CancellationToken cancellationToken)
    {
        var letters = await LettersAsync(http, cancellationToken);
        foreach (var letter in letters)
        {
            await output.WriteLineAsync(
                $"{IdOf(letter)}  {letter["at"]}  {letter["destination"]}  {letter["event"]!["name"]}  {letter["event"]!["callId"]}"
                    + $"  {letter["reason"]}, {letter["attempts"]} attempts");
        }

        await output.WriteLineAsync(letters.Count == 0 ? "There are no dead letters." : $"{letters.Count} dead letters.");
        return 0;
    }

    private static async Task<int> ReplayAsync(
        HttpClient http, IReadOnlyList<string> ids, TextWriter output, CancellationToken cancellationToken)
    {
        var failed = 0;
        foreach (var id in ids)
        {
            using var answer = await http.PostAsync(
                new Uri($"events/dead/{Uri.EscapeDataString(id)}/replay", UriKind.Relative), null, cancellationToken);
            failed += answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
            var came = answer.StatusCode == HttpStatusCode.OK
                ? "taken"
                : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["detail"];
            await output.WriteLineAsync($"{id}  {came}");
        }

        await output.WriteLineAsync($"{ids.Count - failed} of {ids.Count} dead letters were taken.");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<List<JsonNode>> LettersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var letters = new List<JsonNode>();
        for (string? after = "", path = "events/dead?limit=200"; after is not null; path = $"events/dead?limit=200&after={after}")
        {
            var page = JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken))!;
            letters.AddRange(page["deadLetters"]!.AsArray().OfType<JsonNode>());
            after = (string?)page["next"];
        }

        return letters;
    }

    private static string IdOf(JsonNode letter) => (string)letter["id"]!;
}
