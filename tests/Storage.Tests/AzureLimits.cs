using System.Net;
using System.Text;
using System.Text.Json;

namespace VoiceFunctions.Storage;

/// <summary>
/// Stands before Azurite and refuses what Azure's table service refuses for its size; Azurite takes it. The figures are those of
/// "Understanding the Table service data model" and "Performing entity group transactions".
/// </summary>
internal sealed class AzureLimits : DelegatingHandler
{
    private const int LargestEntity = 1024 * 1024;
    private const int LargestText = 64 * 1024;
    private const int LargestKey = 1024;
    private const int MostProperties = 252;
    private const int MostOperations = 100;
    private const int LargestTransaction = 4 * 1024 * 1024;

    public AzureLimits()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>The size of the largest entity that was written.</summary>
    public int Largest { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var body = await request.Content.ReadAsStringAsync(cancellationToken);
        var isTransaction = request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal);
        string[] entities = isTransaction ? [.. body.Split("\r\n").Where(line => line.StartsWith('{'))] : [body];
        var operations = isTransaction ? body.Split("HTTP/1.1\r\n").Length - 1 : 1;
        if (Encoding.UTF8.GetByteCount(body) > LargestTransaction)
        {
            return Refusal(HttpStatusCode.RequestEntityTooLarge, "RequestBodyTooLarge");
        }

        if (operations > MostOperations)
        {
            return Refusal(HttpStatusCode.BadRequest, "InvalidInput");
        }

        foreach (var code in entities.Where(entity => entity.Length > 0).Select(RefusalOf).OfType<string>())
        {
            return isTransaction ? Transaction(code) : Refusal(HttpStatusCode.BadRequest, code);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private string? RefusalOf(string json)
    {
        using var entity = JsonDocument.Parse(json);
        var properties = entity.RootElement.EnumerateObject()
            .Where(property => !property.Name.Contains("odata.", StringComparison.Ordinal))
            .ToList();
        var texts = properties.Where(property => property.Value.ValueKind == JsonValueKind.String)
            .Select(property => (property.Name, Size: property.Value.GetString()!.Length * 2))
            .ToList();
        var size = 4 + properties.Sum(property => 8 + property.Name.Length * 2) + texts.Sum(text => 4 + text.Size);
        Largest = Math.Max(Largest, size);
        return size > LargestEntity ? "EntityTooLarge"
            : properties.Count > MostProperties ? "TooManyProperties"
            : texts.Any(text => text is { Name: "PartitionKey" or "RowKey", Size: > LargestKey }) ? "KeyValueTooLarge"
            : texts.Any(text => text.Size > LargestText) ? "PropertyValueTooLarge"
            : null;
    }

    private static HttpResponseMessage Refusal(HttpStatusCode status, string code) =>
        new(status) { Content = new StringContent(Error(code), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Transaction(string code)
    {
        var part = $"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{Error(code)}\r\n";
        const string Head = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: "
            + "application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{Head}{part}--c--\r\n--b--\r\n"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=b");
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }

    private static string Error(string code) =>
        $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"0:It is too large."} } }""";
}
