using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows calls page by page, the newest first; with <c>?room=</c> the newest call of a room.</summary>
public sealed class CallListHandler(ICallJournal journal, CallByRoom byRoom, CallTenancy tenancy, ListCursor cursor) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Calls;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var asked = QueryText.Of(request.RawQuery);
        if (asked["room"] is { } room)
        {
            return room.Length > 0
                ? await byRoom.ShowAsync(room, request.Credential, cancellationToken)
                : Problem.BadParameter("The room's name is missing: /calls?room=NAME, with + as %2B.");
        }

        if (ListRequest.TryParse(asked, out var error) is not { } list)
        {
            return Problem.BadParameter(error);
        }

        if (request.Credential is ApiCaller { Tenant: var own })
        {
            // Calls of others do not exist for a tenant.
            if ((list.Tenant ?? own) != own)
            {
                return Answer(new CallListAnswer([], null));
            }

            list = list with { Tenant = own };
        }

        var query = list.Query with { IncludesUnowned = list.Tenant is { } tenant && tenancy.OwnsUnowned(tenant) };
        if (list.Cursor is { } text)
        {
            if (cursor.Open(text, list) is not { } after)
            {
                return Problem.BadParameter("The cursor is not one that this list gave for the same state, from, to and tenant.");
            }

            query = query with { After = after };
        }

        var page = await journal.ListAsync(query, cancellationToken);
        return Answer(new CallListAnswer(page.Calls, page.Next is { } next ? cursor.Seal(next, list) : null));
    }

    private static GatewayResponse Answer(CallListAnswer answer) =>
        GatewayResponse.Json(200, answer, CallListJson.Default.CallListAnswer);
}

/// <summary>A page of calls.</summary>
/// <param name="Calls">The calls' records, the newest first.</param>
/// <param name="Next">The cursor of the next page; left out where there is none.</param>
internal sealed record CallListAnswer(IReadOnlyList<CallDetailRecord> Calls, string? Next);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallListAnswer))]
internal sealed partial class CallListJson : JsonSerializerContext;
