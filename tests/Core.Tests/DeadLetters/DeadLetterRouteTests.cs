using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Delivery;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Lifecycle.Delivery;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.DeadLetters;

/// <summary>Dead letters over HTTP: seen by the operator and by the tenant whose calls they are about, and handed over once more.</summary>
public sealed class DeadLetterRouteTests
{
    private readonly TellingDestination crm = new("crm");
    private readonly InMemoryDeadLetters letters = new();
    private readonly DeadLetterListHandler list;
    private readonly DeadLetterReplayHandler replay;

    public DeadLetterRouteTests()
    {
        list = new DeadLetterListHandler(letters);
        var outbox = new EventOutbox([crm], letters, TimeSpan.FromHours(1));
        replay = new DeadLetterReplayHandler(outbox, new ManualClock(), NullLogger<DeadLetterReplayHandler>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operator_sees_all_of_them_and_a_tenant_its_own()
    {
        var (acme, other) = (await KeepAsync("acme", 1), await KeepAsync("other", 2));

        Assert.Equal(new[] { acme.Id, other.Id }.Order(StringComparer.Ordinal), Ids(await ListAsync("", null)));
        Assert.Equal([acme.Id], Ids(await ListAsync("", new ApiCaller("acme"))));
        Assert.Equal([], Ids(await ListAsync("", new ApiCaller("third"))));
    }

    [Fact]
    public async Task Page_by_page_each_comes_once()
    {
        for (var at = 0; at < 5; at++)
        {
            await KeepAsync("acme", at);
        }

        var seen = new List<string>();
        for (string? query = "?limit=2"; query is not null;)
        {
            var page = await ListAsync(query, null);
            seen.AddRange(Ids(page));
            query = page["next"] is { } next ? $"?limit=2&after={next}" : null;
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=x")]
    [InlineData("?after=x")]
    public async Task What_is_asked_wrongly_is_refused(string query)
    {
        var answer = await list.HandleAsync(Request("GET", $"/events/dead{query}", null), Stop);

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task One_that_is_taken_now_is_gone_and_had_the_id_that_it_always_had()
    {
        var letter = await KeepAsync("acme", 1);

        var answer = await ReplayAsync(letter.Id, new ApiCaller("acme"));

        Assert.Equal(200, answer.Status);
        Assert.Equal([letter.Event.Id], crm.Taken);
        Assert.Null(await letters.FindAsync(letter.Id, Stop));
    }

    [Fact]
    public async Task One_that_is_not_taken_stays_and_says_why()
    {
        var letter = await KeepAsync("acme", 1);
        crm.Say(new DeliveryOutcome.TryLater("answered 500"));

        var answer = await ReplayAsync(letter.Id, null);

        Assert.Equal(502, answer.Status);
        var kept = await letters.FindAsync(letter.Id, Stop);
        Assert.Equal((letter.Attempts + 1, "answered 500"), (kept!.Attempts, kept.Reason));
    }

    [Fact]
    public async Task A_destination_that_throws_loses_nothing()
    {
        var letter = await KeepAsync("acme", 1);
        crm.Answer = (_, _) => throw new InvalidOperationException("broken");

        Assert.Equal(502, (await ReplayAsync(letter.Id, null)).Status);
        Assert.NotNull(await letters.FindAsync(letter.Id, Stop));
    }

    [Fact]
    public async Task Those_of_other_tenants_do_not_exist()
    {
        var letter = await KeepAsync("acme", 1);

        Assert.Equal(404, (await ReplayAsync(letter.Id, new ApiCaller("other"))).Status);
        Assert.Equal(404, (await ReplayAsync("nothing", null)).Status);
        Assert.Empty(crm.Taken);
    }

    [Fact]
    public async Task One_whose_destination_is_gone_is_kept()
    {
        var letter = await KeepAsync("acme", 1, "gone");

        Assert.Equal(409, (await ReplayAsync(letter.Id, null)).Status);
        Assert.NotNull(await letters.FindAsync(letter.Id, Stop));
    }

    [Fact]
    public async Task Old_ones_are_forgotten()
    {
        var letter = await KeepAsync("acme", 1);

        Assert.Equal(0, await letters.PurgeAsync(letter.At, Stop));
        Assert.Equal(1, await letters.PurgeAsync(letter.At.AddTicks(1), Stop));
    }

    private static GatewayRequest Request(string method, string target, object? credential) =>
        new(method, target, _ => null, ReadOnlyMemory<byte>.Empty) { Credential = credential };

    private static IEnumerable<string> Ids(JsonNode page) =>
        page["deadLetters"]!.AsArray().Select(letter => (string)letter!["id"]!);

    private async Task<DeadLetter> KeepAsync(string tenant, int at, string destination = "crm")
    {
        var happened = LifecycleEvent.Of(Given.Call, LifecycleEventName.CallDialing, $"{at}", Given.At(at));
        var id = DeadLetter.IdOf(destination, happened.Id);
        var letter = new DeadLetter(id, destination, tenant, happened, "answered 410", 1, Given.At(60));
        await letters.KeepAsync(DeadLetter.Of(letter.ToJson()), Stop);
        return letter;
    }

    private async Task<JsonNode> ListAsync(string query, object? credential)
    {
        var answer = await list.HandleAsync(Request("GET", $"/events/dead{query}", credential), Stop);
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body.Span)!;
    }

    private ValueTask<GatewayResponse> ReplayAsync(string id, object? credential) =>
        replay.HandleAsync(Request("POST", $"/events/dead/{id}/replay", credential), Stop);
}
