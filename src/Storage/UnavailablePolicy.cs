using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Storage;

/// <summary>
/// Stands outside the client's retries and turns a store that cannot be reached, or refuses to work, into
/// <see cref="JournalUnavailableException"/>. What the caller cancelled stays an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class UnavailablePolicy : HttpPipelinePolicy
{
    private static readonly SearchValues<string> TableIsGone =
        SearchValues.Create(["TableNotFound", "TableBeingDeleted"], StringComparison.Ordinal);

    /// <summary>
    /// Whether an error is the store's own trouble and no answer to what was asked. A missing table must not pass for a missing row, nor
    /// one that is being deleted for a row that exists.
    /// </summary>
    public static bool IsRefusalToWork(int status, string? error) =>
        status is 401 or 403 or 408 or 429 or >= 500 || (status is 404 or 409 && error.AsSpan().ContainsAny(TableIsGone));

    public static JournalUnavailableException Unavailable(int status, Exception? cause = null)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"The journal's table service answered {status}.");
        return cause is null
            ? new(message) { IsRefusal = status is 401 or 403 }
            : new(message, cause) { IsRefusal = status is 401 or 403 };
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception e)
            when (e is RequestFailedException or AggregateException or OperationCanceledException or AuthenticationFailedException)
        {
            message.CancellationToken.ThrowIfCancellationRequested();
            throw Unreachable(e);
        }

        if (IsRefusalToWork(message.Response.Status, message.Response.Status is 404 or 409 ? message.Response.Content.ToString() : null))
        {
            throw Unavailable(message.Response.Status);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The journal never blocks a thread.");

    private static JournalUnavailableException Unreachable(Exception cause) => cause switch
    {
        AuthenticationFailedException => new("No identity of this process could sign in to the journal's table service.", cause)
        {
            IsRefusal = true,
        },
        _ when IsUnknownHost(cause) => new("The journal's table service does not exist under that name.", cause) { IsRefusal = true },
        _ => new("The journal's table service could not be reached.", cause),
    };

    private static bool IsUnknownHost(Exception? cause) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound } => true,
        AggregateException several => several.InnerExceptions.Any(IsUnknownHost),
        null => false,
        _ => IsUnknownHost(cause.InnerException),
    };
}
