namespace VoiceFunctions.Core.LiveKit.Tokens;

public sealed class LiveKitKeyringTests
{
    private static readonly LiveKitKey Old = new("old", "old-secret");
    private static readonly LiveKitKey New = new("new", "new-secret");

    [Fact]
    public void The_first_key_signs_and_every_key_is_found()
    {
        var keyring = new LiveKitKeyring(New, Old);

        Assert.Equal(New, keyring.Signing);
        Assert.Equal(Old, keyring.Find("old"));
        Assert.Equal(New, keyring.Find("new"));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("OLD")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_id_is_not_found(string? id) => Assert.Null(new LiveKitKeyring(New, Old).Find(id));

    [Fact]
    public void A_keyring_that_could_not_check_anything_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new LiveKitKeyring());
        Assert.Throws<ArgumentException>(() => new LiveKitKeyring(new LiveKitKey("id", "")));
        Assert.Throws<ArgumentException>(() => new LiveKitKeyring(new LiveKitKey("", "secret")));
        Assert.Throws<ArgumentException>(() => new LiveKitKeyring(Old, Old with { Secret = "another" }));
    }

    [Fact]
    public void Printing_a_key_does_not_print_its_secret() => Assert.DoesNotContain("secret", $"{Old}", StringComparison.Ordinal);
}
