using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.LiveKit.Tokens;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Agents;

public sealed class DispatchFenceTests
{
    private static readonly LiveKitKey Old = new("old", "old-secret-old-secret-old-secret");
    private static readonly LiveKitKey New = new("new", "new-secret-new-secret-new-secret");
    private static readonly DispatchFence Fence = Of(New, Old);

    [Fact]
    public void A_fence_is_the_keys_the_calls_and_the_epochs()
    {
        var fences = new[]
        {
            Fence.Of(Call, 1),
            Fence.Of(Call, 2),
            Fence.Of(CallId.ForTwilio("another"), 1),
            Of(Old).Of(Call, 1),
            DispatchMetadata.RequestIdOf(Call, 1),
        };

        Assert.Equal(fences.Length, fences.Distinct().Count());
        Assert.All(fences, fence => Assert.True(CallId.TryParse(fence, out _)));
        Assert.Equal(fences[0], Of(New).Of(Call, 1));
    }

    /// <summary>Computed with Python's hmac over "voicefunctions:fence:up2vznf7vg25q6mk32z2kuq2y7:1".</summary>
    [Fact]
    public void The_fence_is_an_HMAC_that_any_language_can_make() =>
        Assert.Equal("cnbtc3dhk7qlcp2wjfqm7o2pns", new DispatchFence(new LiveKitKeyring(New), Noon).Of(Call, 1));

    [Fact]
    public void While_a_key_is_replaced_the_fences_of_both_are_good_and_afterwards_those_of_one()
    {
        Assert.True(Fence.Accepts(Call, 1, Of(New).Of(Call, 1), At(1)));
        Assert.True(Fence.Accepts(Call, 1, Of(Old).Of(Call, 1), At(1)));
        Assert.False(Of(New).Accepts(Call, 1, Of(Old).Of(Call, 1), At(1)));
    }

    [Fact]
    public void Another_calls_another_epochs_and_a_changed_fence_are_refused()
    {
        var good = Fence.Of(Call, 1);

        Assert.False(Fence.Accepts(Call, 1, Fence.Of(Call, 2), At(1)));
        Assert.False(Fence.Accepts(Call, 1, Fence.Of(CallId.ForTwilio("another"), 1), At(1)));
        Assert.False(Fence.Accepts(Call, 1, "", At(1)));
        Assert.False(Fence.Accepts(Call, 1, good + "a", At(1)));
        Assert.False(Fence.Accepts(Call, 1, good.ToUpperInvariant(), At(1)));
        for (var i = 0; i < good.Length; i++)
        {
            var changed = good.ToCharArray();
            changed[i] = changed[i] == 'a' ? 'b' : 'a';
            Assert.False(Fence.Accepts(Call, 1, new string(changed), At(1)));
        }
    }

    [Fact]
    public void A_fence_without_a_key_is_good_only_for_a_dispatch_that_began_before_this_gateway_did()
    {
        var unkeyed = DispatchMetadata.RequestIdOf(Call, 1);

        Assert.True(Fence.Accepts(Call, 1, unkeyed, At(-1)));
        Assert.False(Fence.Accepts(Call, 1, unkeyed, At(0)));
        Assert.False(Fence.Accepts(Call, 2, unkeyed, At(-1)));
    }

    private static DispatchFence Of(params LiveKitKey[] keys) => new(new LiveKitKeyring(keys), since: Noon);
}
