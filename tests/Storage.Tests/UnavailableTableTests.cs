using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Core.Pipeline;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>A store that cannot work is one kind of exception, whatever is wrong with it; a cancelled wait is another.</summary>
public sealed class UnavailableTableTests(AzuriteServer azurite)
{
    private const string Busy = """
        {"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"0:The server is busy."}}}
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<Func<ICallJournal, Task>> Uses => new((Func<ICallJournal, Task>[])
    [
        journal => journal.AppendAsync(Some.Call(), Some.Event("EV_1", "room"), Tracking.Follow, Stop).AsTask(),
        journal => journal.ReadAsync(Some.Call(), Stop).AsTask(),
        journal => journal.CommitAsync(Some.Call(), "", Some.Step(Some.Call()), Stop).AsTask(),
        journal => journal.ListOpenAsync(Stop).ToListAsync(Stop).AsTask(),
        journal => journal.CloseAsync(Some.Call(), Stop).AsTask(),
        journal => journal.FindByRoomAsync("room", Stop).AsTask(),
        journal => journal.PurgeAsync(Some.Noon, Stop).AsTask(),
    ]);

    [Theory]
    [MemberData(nameof(Uses), DisableDiscoveryEnumeration = true)]
    public async Task A_store_that_nobody_answers_for_is_unavailable(Func<ICallJournal, Task> use)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var http = new HttpClient();
        var journal = Journal(http, port);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => use(journal));
        Assert.False(await journal.IsReachableAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Uses), DisableDiscoveryEnumeration = true)]
    public async Task A_store_that_is_busy_is_unavailable_after_three_tries(Func<ICallJournal, Task> use)
    {
        using var store =
            new StubStore(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent(Busy) });
        using var http = new HttpClient(store);
        var journal = Journal(http);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => use(journal));
        Assert.Equal(3, store.Requests);
        Assert.False(await journal.IsReachableAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Uses), DisableDiscoveryEnumeration = true)]
    public async Task A_store_without_the_table_is_unavailable_and_nothing_is_taken_for_a_duplicate(Func<ICallJournal, Task> use)
    {
        var journal =
            TableCallJournal.Create(new StorageSettings(azurite.ConnectionString, null, null, azurite.NewTableName()), new ManualClock());

        await Assert.ThrowsAsync<JournalUnavailableException>(() => use(journal));
        Assert.False(await journal.IsReachableAsync(Stop));
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_is_unavailable()
    {
        const string Deleting = """
            {"odata.error":{"code":"TableBeingDeleted",
             "message":{"lang":"en-US","value":"0:The specified table is being deleted. Try operation later."}}}
            """;
        using var store = new StubStore(_ => Transaction($"HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n{Deleting}\r\n"));
        using var http = new HttpClient(store);

        await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            Journal(http).AppendAsync(Some.Call(), Some.Event("EV_1"), Tracking.Follow, Stop).AsTask());
    }

    [Fact]
    public async Task An_event_that_is_refused_for_another_reason_is_not_a_duplicate()
    {
        const string Changed = """
            {"odata.error":{"code":"UpdateConditionNotSatisfied",
             "message":{"lang":"en-US","value":"1:The update condition was not satisfied."}}}
            """;
        using var store = new StubStore(request => request.Method.Method switch
        {
            "POST" => Transaction($"HTTP/1.1 412 Precondition Failed\r\nContent-Type: application/json\r\n\r\n{Changed}\r\n"),
            "GET" => new HttpResponseMessage(HttpStatusCode.NotFound),
            _ => new HttpResponseMessage(HttpStatusCode.NoContent),
        });
        using var http = new HttpClient(store);

        await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            Journal(http).AppendAsync(Some.Call(), Some.Event("EV_1"), Tracking.Follow, Stop).AsTask());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_store_that_refuses_to_work_is_unavailable(HttpStatusCode status)
    {
        using var store = new StubStore(_ => new HttpResponseMessage(status) { Content = new StringContent(Busy) });
        using var http = new HttpClient(store);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal(http).ReadAsync(Some.Call(), Stop).AsTask());
    }

    [Fact]
    public async Task A_store_that_is_busy_inside_a_transaction_is_unavailable()
    {
        using var store =
            new StubStore(_ => Transaction($"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n\r\n{Busy}\r\n"));
        using var http = new HttpClient(store);

        await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            Journal(http).AppendAsync(Some.Call(), Some.Event("EV_1"), Tracking.Follow, Stop).AsTask());
    }

    [Fact]
    public async Task A_store_that_never_answers_is_unavailable_after_the_time_limit()
    {
        using var store = new StubStore(_ => null);
        using var http = new HttpClient(store);

        await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            Journal(http, timeout: TimeSpan.FromMilliseconds(20)).ReadAsync(Some.Call(), Stop).AsTask());
    }

    [Fact]
    public async Task A_wait_for_a_silent_store_that_the_caller_gives_up_is_cancelled()
    {
        using var giveUp = new CancellationTokenSource();
        using var store = new StubStore(_ =>
        {
            giveUp.Cancel();
            return null;
        });
        using var http = new HttpClient(store);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal(http).ReadAsync(Some.Call(), giveUp.Token).AsTask());
    }

    private static TableCallJournal Journal(HttpClient http, int port = 1, TimeSpan? timeout = null)
    {
        var options = FaultyTable.ImpatientOptions();
        options.Transport = new HttpClientTransport(http);
        options.Retry.NetworkTimeout = timeout ?? options.Retry.NetworkTimeout;
        var connection = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:{port}/a;";
        return new TableCallJournal(JournalTable.Open(new StorageSettings(connection, null, null, "calls"), options), new ManualClock());
    }

    private static HttpResponseMessage Transaction(string part)
    {
        const string Head = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: "
            + "application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var body = $"{Head}{part}--c--\r\n--b--\r\n";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=b");
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }

    /// <summary>Answers every request the same way; with nothing, it stays silent.</summary>
    private sealed class StubStore(Func<HttpRequestMessage, HttpResponseMessage?> answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (answer(request) is { } response)
            {
                return response;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Silence has no end.");
        }
    }
}
