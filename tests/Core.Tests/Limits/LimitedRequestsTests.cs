using System.Text;
using VoiceFunctions.Core.Http;

namespace VoiceFunctions.Core.Limits;

/// <summary>What a tenant hears of its limit of requests.</summary>
public sealed class LimitedRequestsTests
{
    private const string Three = """{"golf":{"requests":3,"seconds":60}}""";
    private const string Nothing = """ "agent":{"name":"day"} """;

    private readonly LimitsBench bench = new(Nothing, Three);

    [Fact]
    public async Task Each_answer_tells_what_remains_and_one_too_many_is_told_when_to_come_again()
    {
        var answers = new List<GatewayResponse>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await bench.AskAsync("/calls", "", method: "GET"));
        }

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal("\"requests\";q=3;w=60", Header(answer, RequestCount.PolicyName)));
        Assert.Equal(
            ["\"requests\";r=2;t=61", "\"requests\";r=1;t=61", "\"requests\";r=0;t=61", "\"requests\";r=0;t=61"],
            answers.Select(answer => Header(answer, RequestCount.HeaderName)));
        Assert.Equal(("too-many-requests", 61), (GatewayBench.ProblemOf(answers[3]), answers[3].RetryAfterSeconds));
        bench.Gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await bench.AskAsync("/calls", "", method: "GET")).Status);
    }

    [Fact]
    public async Task The_operator_and_webhooks_are_not_counted()
    {
        for (var i = 0; i < 5; i++)
        {
            var read = await bench.Gateway.GetAsync("/calls");
            var rung = await bench.RingAsync(i);
            Assert.Equal((200, 200), (read.Status, rung.Status));
            Assert.All([read, rung], answer => Assert.Null(Header(answer, RequestCount.HeaderName)));
        }
    }

    [Fact]
    public async Task Asking_for_tokens_is_counted_by_the_tenant_that_is_named_and_apart_from_its_requests()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await TokenAsync("golf", "a-key-that-is-guessed")).Status);
        }

        var refused = await TokenAsync("golf", "golf-key-hunter2-hunter2");
        Assert.Equal((429, "too-many-requests"), (refused.Status, GatewayBench.ProblemOf(refused)));
        Assert.Equal(200, (await bench.AskAsync("/calls", "", method: "GET")).Status);
    }

    [Fact]
    public async Task Names_that_are_nobodys_are_counted_under_few_keys()
    {
        var many = new LimitsBench(Nothing, """{"*":{"requests":3,"seconds":60}}""");
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            refused += (await TokenAsync($"nobody{i}", "guess", many)).Status == 429 ? 1 : 0;
        }

        Assert.InRange(refused, 500 - (64 * 3), 499);
    }

    private Task<GatewayResponse> TokenAsync(string tenant, string key, LimitsBench? other = null) => (other ?? bench).Gateway.SendAsync(
        "POST",
        "/auth/token",
        Encoding.UTF8.GetBytes($$"""{"tenant_id":"{{tenant}}","api_key":"{{key}}"}"""),
        ("Content-Type", "application/json"));

    private static string? Header(GatewayResponse answer, string name) => answer.Headers.FirstOrDefault(header => header.Key == name).Value;
}
