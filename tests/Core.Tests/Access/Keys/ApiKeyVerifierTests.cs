using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Access.Keys;

/// <summary>Who a stored key lets in, and what asking costs.</summary>
public sealed class ApiKeyVerifierTests
{
    private readonly CountingStore store = new();
    private readonly ApiKeyDesk desk;
    private readonly ApiKeyVerifier verifier;

    public ApiKeyVerifierTests()
    {
        desk = new ApiKeyDesk(store, new ManualClock());
        verifier = new ApiKeyVerifier(store);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_opens_its_own_tenant_and_no_other()
    {
        var text = await MakeAsync();

        Assert.Equal(ApiKeyVerdict.Right, await CheckAsync(text));
        Assert.Equal(ApiKeyVerdict.Wrong, await verifier.CheckAsync("other", text, Stop));
        Assert.Equal(ApiKeyVerdict.Wrong, await verifier.CheckAsync("a/b", text, Stop));
    }

    [Fact]
    public async Task A_wrong_secret_under_a_right_id_opens_nothing_before_and_after_the_right_one_was_seen()
    {
        var text = await MakeAsync();

        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(Wrong(text)));
        Assert.Equal(ApiKeyVerdict.Right, await CheckAsync(text));
        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(Wrong(text)));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_although_it_was_seen()
    {
        var text = await MakeAsync();
        Assert.Equal(ApiKeyVerdict.Right, await CheckAsync(text));

        await desk.RevokeAsync("golf", ApiKeyText.Parse(text)!.Id, Stop);

        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("golf-key-hunter2")]
    [InlineData("vf_abcdefghijkl_short")]
    [InlineData("vf_ABCDEFGHIJKL_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("vf_abcdefghijkl-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_key_costs_no_read(string text)
    {
        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(text));

        Assert.Equal((0, 0), (store.Reads, verifier.Derived));
    }

    [Fact]
    public async Task A_key_that_is_not_stored_costs_one_read_and_no_derivation()
    {
        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(ApiKeyText.Make().Text));

        Assert.Equal((1, 0), (store.Reads, verifier.Derived));
    }

    [Fact]
    public async Task A_key_that_was_right_once_costs_no_further_derivation_however_many_secrets_are_tried()
    {
        var text = await MakeAsync();
        await CheckAsync(text);
        for (var tries = 0; tries < 1000; tries++)
        {
            await CheckAsync(Wrong(text));
        }

        await CheckAsync(text);

        Assert.Equal((1002, 1), (store.Reads, verifier.Derived));
    }

    [Fact]
    public async Task Of_a_flood_under_a_known_id_few_derive_or_wait_and_the_others_are_told_to_ask_again()
    {
        const int Flood = 200;
        var wrong = Wrong(await MakeAsync());
        var gate = new TaskCompletionSource();
        store.Before = gate.Task;

        var checks = Enumerable.Range(0, Flood).Select(_ => Task.Run(() => CheckAsync(wrong).AsTask(), Stop)).ToList();
        gate.SetResult();
        var verdicts = await Task.WhenAll(checks);

        Assert.DoesNotContain(ApiKeyVerdict.Right, verdicts);
        Assert.Equal(verifier.Derived, verdicts.Count(verdict => verdict == ApiKeyVerdict.Wrong));
        Assert.Equal(Flood - verifier.Derived, verdicts.Count(verdict => verdict == ApiKeyVerdict.Busy));
        Assert.Equal(ApiKeyVerdict.Wrong, await CheckAsync(wrong));
    }

    [Fact]
    public async Task A_tenant_has_only_so_many_keys_and_more_again_after_one_was_revoked()
    {
        for (var made = 0; made < ApiKeyDesk.MostKeys; made++)
        {
            await store.AddAsync(new StoredApiKey("golf", ApiKeyText.Make().Id, "x", default), Stop);
        }

        Assert.Null(await desk.MakeAsync("golf", Stop));
        Assert.NotNull(await desk.MakeAsync("other", Stop));
        await desk.RevokeAsync("golf", (await desk.ListAsync("golf", Stop))[0].Id, Stop);
        Assert.NotNull(await desk.MakeAsync("golf", Stop));
    }

    [Fact]
    public void A_stored_form_has_its_parameters_and_a_salt_of_its_own()
    {
        var (one, other) = (ApiKeyHash.Of("secret"), ApiKeyHash.Of("secret"));

        Assert.StartsWith($"pbkdf2-sha256${ApiKeyHash.Iterations}$", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
        Assert.True(ApiKeyHash.Matches(one, "secret") && ApiKeyHash.Matches(other, "secret"));
        Assert.False(ApiKeyHash.Matches(one, "Secret"));
    }

    /// <summary>By Python's hashlib.pbkdf2_hmac, with a thousand iterations: keys stay good when the number for new ones changes.</summary>
    [Fact]
    public void A_form_with_other_parameters_is_checked_by_its_own() => Assert.True(ApiKeyHash.Matches(
        "pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$J5gVorGyI2oP+AuFElX8In7ZBS8+3pohkv+9YxB/V0U=", "secret"));

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("plain$1$$")]
    [InlineData("pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("pbkdf2-sha256$2000000000$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("pbkdf2-sha256$1000$AAEC$AAEC")]
    [InlineData("pbkdf2-sha256$1000$!$!")]
    public void A_form_that_is_none_opens_nothing(string form) => Assert.False(ApiKeyHash.Matches(form, "secret"));

    [Fact]
    public void Printing_a_key_shows_neither_its_secret_nor_its_hash()
    {
        var text = ApiKeyText.Make();
        var stored = new StoredApiKey("golf", text.Id, ApiKeyHash.Of(text.Secret), default);

        Assert.DoesNotContain(text.Secret, $"{text}", StringComparison.Ordinal);
        Assert.DoesNotContain("pbkdf2", $"{stored}", StringComparison.Ordinal);
    }

    /// <summary>Another secret under the same id.</summary>
    private static string Wrong(string text) => (ApiKeyText.Parse(text)! with { Secret = ApiKeyText.Make().Secret }).Text;

    private async Task<string> MakeAsync() => (await desk.MakeAsync("golf", Stop))!.Value.Text;

    private ValueTask<ApiKeyVerdict> CheckAsync(string text) => verifier.CheckAsync("golf", text, Stop);

    private sealed class CountingStore : IApiKeyStore
    {
        private readonly InMemoryApiKeyStore inner = new();
        private int reads;

        public int Reads => reads;

        public Task Before { get; set; } = Task.CompletedTask;

        public ValueTask<bool> AddAsync(StoredApiKey key, CancellationToken cancellationToken) => inner.AddAsync(key, cancellationToken);

        public async ValueTask<StoredApiKey?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            await Before;
            return await inner.FindAsync(tenant, id, cancellationToken);
        }

        public IAsyncEnumerable<StoredApiKey> ListAsync(string? tenant, CancellationToken cancellationToken) =>
            inner.ListAsync(tenant, cancellationToken);

        public ValueTask<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken) =>
            inner.RevokeAsync(tenant, id, cancellationToken);
    }
}
