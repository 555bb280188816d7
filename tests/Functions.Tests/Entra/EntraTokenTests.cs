using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Http.Scopes;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Functions.Entra;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Functions.Tests.Entra;

/// <summary>Access tokens of Entra ID, by a directory that this test is: it serves metadata and keys on 127.0.0.1.</summary>
public sealed class EntraTokenTests : IDisposable
{
    private const string DirectoryId = "11111111-2222-3333-4444-555555555555";
    private const string Audience = "api://voice";
    private const string Client = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private static readonly RSA Pair = RSA.Create(2048);
    private static readonly RSA Attackers = RSA.Create(2048);

    private static readonly Dictionary<string, Func<EntraTokenTests, string>> Refused = new()
    {
        ["for another application"] = test => test.Token(change: token => token.Audience = "api://other"),
        ["of another directory"] = test => test.Token(change: token => token.Issuer = $"{test.authority}/another/v2.0"),
        ["of somebody else"] = test => test.Token(change: token => token.Issuer = "https://evil.example"),
        ["of a client that no setting names"] = test => test.Token(client: "ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee"),
        ["of no client"] = test => test.Token(change: token => token.Claims.Remove("azp")),
        ["expired"] = test => test.Token(change: token => token.Expires = test.clock.GetUtcNow().UtcDateTime),
        ["that begins tomorrow"] = test => test.Token(change: token => token.NotBefore = test.clock.GetUtcNow().UtcDateTime.AddDays(1)),
        ["by another key under our kid"] = test => test.Token(key: Attackers),
        ["under an unknown kid"] = test => test.Token(kid: "unknown"),
        ["without a kid"] = test => test.Token(kid: ""),
        ["HS256 by the public key"] = test => test.Token(change: token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Pair.ExportSubjectPublicKeyInfoPem())) { KeyId = "key-1" }, "HS256")),
        ["alg none"] = test =>
            $"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"key-1"}""")}.{test.Token().Split('.')[1]}.",
        ["without its signature"] = test => test.Token()[..(test.Token().LastIndexOf('.') + 1)],
        ["of the gateway itself"] = _ =>
            new ApiTokens("a-secret-that-signs-hunter2-hunter2", TimeProvider.System).Issue("golf"),
        ["that is none"] = _ => "nothing",
    };

    private readonly ManualClock clock = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly HttpListener listener = new();
    private readonly string authority;
    private readonly EntraTokens tokens;
    private int asked;

    public EntraTokenTests()
    {
        authority = $"http://127.0.0.1:{Ports.Free()}";
        listener.Prefixes.Add($"{authority}/");
        tokens = new EntraTokens(
            new EntraSettings(authority, DirectoryId, Audience, new Dictionary<string, string> { [Client] = "golf" }), http, clock);
    }

    public static TheoryData<string> Forgeries => [.. Refused.Keys];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        listener.Close();
        http.Dispose();
    }

    [Fact]
    public async Task The_client_decides_the_tenant_and_its_app_roles_the_scopes()
    {
        Serve();

        Assert.Equal(new ApiCaller("golf", ApiScopes.Calls | ApiScopes.Admin), await ReadAsync(Token(["calls", "admin", "Reader"])));
        Assert.Equal(new ApiCaller("golf", ApiScopes.Handoff), await ReadAsync(Token(["handoff"])));
        Assert.Equal(new ApiCaller("golf", ApiScopes.None), await ReadAsync(Token([])));
    }

    [Fact]
    public async Task A_token_of_version_1_is_as_good()
    {
        Serve();

        Assert.Equal(new ApiCaller("golf", ApiScopes.Calls), await ReadAsync(Token(["calls"], change: token =>
        {
            token.Issuer = $"https://sts.windows.net/{DirectoryId}/";
            token.Claims["appid"] = Client.ToUpperInvariant();
            token.Claims.Remove("azp");
        })));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Another_token_opens_nothing(string forgery)
    {
        Serve();

        Assert.Null(await ReadAsync(Refused[forgery](this)));
    }

    [Fact]
    public async Task The_keys_are_fetched_once_and_for_no_token_of_others()
    {
        Serve();
        await ReadAsync(Refused["of somebody else"](this));
        await ReadAsync("nothing");
        Assert.Equal(0, asked);

        for (var read = 0; read < 10; read++)
        {
            Assert.NotNull(await ReadAsync(Token()));
        }

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task While_the_directory_is_away_nobody_knows() =>
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(Token()).AsTask());

    private ValueTask<ApiCaller?> ReadAsync(string token) => tokens.ReadAsync(token, Stop);

    private string Token(
        string[]? roles = null,
        Action<SecurityTokenDescriptor>? change = null,
        string client = Client,
        RSA? key = null,
        string kid = "key-1")
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = $"{authority}/{DirectoryId}/v2.0",
            Audience = Audience,
            NotBefore = now,
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["azp"] = client, ["roles"] = roles ?? ["calls"] },
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey((key ?? Pair).ExportParameters(true)) { KeyId = kid.Length == 0 ? null : kid }, "RS256"),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>Answers as the directory until the test is over.</summary>
    private void Serve()
    {
        listener.Start();
        _ = AnswerAsync();
    }

    private async Task AnswerAsync()
    {
        var parts = Pair.ExportParameters(false);
        var metadata = $$"""{"issuer":"{{authority}}/{{DirectoryId}}/v2.0","jwks_uri":"{{authority}}/keys"}""";
        var jwks = $$"""
            {"keys":[{"kty":"RSA","use":"sig","kid":"key-1","n":"{{Base64UrlEncoder.Encode(parts.Modulus)}}",
                      "e":"{{Base64UrlEncoder.Encode(parts.Exponent)}}"}]}
            """;
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                Interlocked.Increment(ref asked);
                var body = context.Request.Url!.AbsolutePath == "/keys" ? jwks : metadata;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
