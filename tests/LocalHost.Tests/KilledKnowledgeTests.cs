using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Testing;

namespace VoiceFunctions.LocalHost;

/// <summary>A gateway process that keeps documents in a folder is killed, and another one takes its place.</summary>
public sealed class KilledKnowledgeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_process_said_that_it_keeps_is_found_by_the_next_one_after_it_was_killed()
    {
        var folder = Directory.CreateTempSubdirectory("voicefunctions-");
        try
        {
            var settings = new Dictionary<string, string>
            {
                ["PORT"] = "0",
                [KnowledgeSettingNames.KnowledgePath] = folder.FullName,
                [SettingNames.ApiKeys] = """{"golf":"golf-key-of-this-test","other":"other-key-of-this-test"}""",
                [SettingNames.ApiTokenSecret] = "a-secret-that-signs-tokens-of-this-test",
            };

            var first = new GatewayProcess(settings);
            using (var client = await ClientAsync(first, "golf"))
            {
                using var taken = await client.PostAsJsonAsync("ingest", new { text = "Dogs are welcome.", source = "Rules" }, Stop);
                Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
                // One more is under way when it is killed: it is there or not, and does no harm.
                var sent = client.PostAsJsonAsync("ingest", new { text = "Cats are not.", source = "Rules" }, CancellationToken.None);
                first.Kill();
                await Task.WhenAny(sent);
            }

            first.Dispose();
            using var second = new GatewayProcess(settings);
            using var owner = await ClientAsync(second, "golf");
            using var other = new HttpClient { BaseAddress = owner.BaseAddress };
            other.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(other, "other"));

            Assert.Equal(["Dogs are welcome."], await TextsAsync(owner, "dogs"));
            Assert.Empty(await TextsAsync(other, "dogs"));
            using var again = await owner.PostAsJsonAsync("ingest", new { text = "Cats are not.", source = "Rules" }, Stop);
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
            Assert.Equal(["Cats are not."], await TextsAsync(owner, "cats"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HttpClient> ClientAsync(GatewayProcess gateway, string tenant)
    {
        var line = await gateway.LineWithAsync("VoiceFunctions on ", Stop);
        var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[^1]) };
        await gateway.LineWithAsync("Ctrl-C stops", Stop);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(client, tenant));
        return client;
    }

    private static async Task<string> TokenAsync(HttpClient client, string tenant)
    {
        using var answer = await client.PostAsJsonAsync(
            "auth/token", new { tenant_id = tenant, api_key = $"{tenant}-key-of-this-test" }, Stop);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["access_token"]!;
    }

    private static async Task<IEnumerable<string>> TextsAsync(HttpClient client, string query)
    {
        using var answer = await client.PostAsJsonAsync("rag/query", new { query }, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["results"]!.AsArray()
            .Select(result => (string)result!["text"]!)
            .ToList();
    }
}
