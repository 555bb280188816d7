using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Screening;

public sealed class ScreenSealTests
{
    private static readonly LiveKitKey Old = new("old", "the-secret-of-the-old-key-the-old-key");
    private static readonly LiveKitKey New = new("new", "the-secret-of-the-new-key-the-new-key");
    private static readonly CallParties Parties = CallParties.Of("client:alice", "+15550100123");

    [Fact]
    public void What_was_sealed_is_read_again_and_the_same_call_gives_the_same_text()
    {
        var seal = new ScreenSeal(new LiveKitKeyring(Old));

        Assert.Equal(Parties, seal.Open(seal.QueryOf(Parties)));
        Assert.Equal(seal.QueryOf(Parties), seal.QueryOf(CallParties.Of("client:alice", "+15550100123")));
        Assert.NotEqual(seal.QueryOf(Parties), seal.QueryOf(CallParties.Of("client:alice", "+15550100124")));
        Assert.Matches(@"^call=[A-Za-z0-9_-]+\z", seal.QueryOf(Parties));
    }

    [Fact]
    public void While_a_key_is_replaced_what_the_old_one_sealed_is_read()
    {
        var query = new ScreenSeal(new LiveKitKeyring(Old)).QueryOf(Parties);

        Assert.Equal(Parties, new ScreenSeal(new LiveKitKeyring(New, Old)).Open(query));
        Assert.Null(new ScreenSeal(new LiveKitKeyring(New)).Open(query));
    }

    [Fact]
    public void What_was_changed_on_the_way_is_not_read()
    {
        var seal = new ScreenSeal(new LiveKitKeyring(Old));
        var query = seal.QueryOf(Parties);

        for (var at = 0; at < query.Length - 1; at++)
        {
            Assert.Null(seal.Open(string.Concat(query.AsSpan(0, at), query[at] == 'A' ? "B" : "A", query.AsSpan(at + 1))));
            Assert.Null(seal.Open(query.AsSpan(0, at)));
        }
    }

    [Fact]
    public void An_address_without_end_and_one_of_two_lines_are_read_as_one()
    {
        var seal = new ScreenSeal(new LiveKitKeyring(Old));

        Assert.Equal("a\uFFFDb", seal.Open(seal.QueryOf(CallParties.Of("a\n\uD83Db", "x")))!.RawFrom);
        Assert.InRange(seal.QueryOf(CallParties.Of(new string('x', 60_000), new string('é', 60_000))).Length, 500, 1200);
    }
}
