using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>A store that is away is waited for; one that turns us away is said so.</summary>
public sealed class JournalOpeningTests(AzuriteServer azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_is_there_or_can_be_made_is_opened()
    {
        var journal = Journal(azurite.ConnectionString);

        Assert.IsType<JournalOpening.Opened>(await journal.OpenAsync(Stop));
        Assert.IsType<JournalOpening.Opened>(await journal.OpenAsync(Stop));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var wrong = azurite.ConnectionString.Replace("Eby8", "Abc8", StringComparison.Ordinal);

        var opening = await Journal(wrong).OpenAsync(Stop);

        Assert.Equal(new JournalOpening.Refused("The journal's table service answered 403."), opening);
    }

    [Fact]
    public async Task A_store_that_nobody_answers_for_is_away()
    {
        var opening = await Journal(AzuriteServer.ConnectionStringThrough(new Uri($"http://127.0.0.1:{Ports.Free()}"))).OpenAsync(Stop);

        Assert.Equal(new JournalOpening.Away("The journal's table service could not be reached."), opening);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, true)]
    [InlineData(HttpStatusCode.Unauthorized, true)]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.TooManyRequests, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    public async Task What_passes_by_itself_is_away_and_what_does_not_is_refused(HttpStatusCode status, bool isRefused)
    {
        var opening = await OpenAsync(() => new HttpResponseMessage(status) { Content = new StringContent("") });

        Assert.Equal(isRefused, opening is JournalOpening.Refused);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.TryAgain, false)]
    [InlineData(SocketError.ConnectionRefused, false)]
    public async Task An_account_that_does_not_exist_is_refused(SocketError error, bool isRefused)
    {
        var opening = await OpenAsync(() => throw new HttpRequestException("no", new SocketException((int)error)));

        Assert.Equal(isRefused, opening is JournalOpening.Refused);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=a;AccountKey=not base 64;TableEndpoint=http://127.0.0.1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=only")]
    public void A_connection_string_that_is_none_is_a_wrong_setting_and_not_shown(string text)
    {
        var wrong = Assert.Throws<SettingsException>(() => Journal(text));

        Assert.StartsWith(SettingNames.StorageConnection, Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(text, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_the_stores_time()
    {
        var told = new List<DateTimeOffset>();
        var journal = TableCallJournal.Create(
            new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName()), new ManualClock(), told.Add);

        await journal.OpenAsync(Stop);
        await journal.ReadAsync(Some.Call(), Stop);

        Assert.Equal(2, told.Count);
        Assert.All(told, at => Assert.InRange((at - TimeProvider.System.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(30)));
    }

    private TableCallJournal Journal(string connection) =>
        TableCallJournal.Create(new StorageSettings(connection, null, null, azurite.NewTableName()), new ManualClock());

    private static async Task<JournalOpening> OpenAsync(Func<HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Answers(answer));
        var options = FaultyTable.ImpatientOptions();
        options.Transport = new HttpClientTransport(http);
        var settings = new StorageSettings(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;", null, null, "calls");
        return await new TableCallJournal(JournalTable.Open(settings, options), new ManualClock()).OpenAsync(Stop);
    }

    private sealed class Answers(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
