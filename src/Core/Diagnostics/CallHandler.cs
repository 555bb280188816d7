using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Journal;

namespace VoiceFunctions.Core.Diagnostics;

/// <summary>Shows one call's record, by its id.</summary>
public sealed class CallHandler(ICallJournal journal, RoomNaming naming, CallTenancy tenancy) : IGatewayHandler
{
    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.Call;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        return CallId.TryParse(Route.ParameterOf(request.RawPath), out var callId)
            ? await ShowAsync(journal, callId, naming, state => tenancy.MaySee(request.Credential, state), cancellationToken)
            : BadCallId;
    }

    /// <summary>A path's call id is none.</summary>
    internal static GatewayResponse BadCallId { get; } =
        Problem.BadParameter($"A call id has {CallId.Length} characters out of a-z and 2-7.");

    /// <summary>A call's record.</summary>
    internal static GatewayResponse Show(CallState state, RoomNaming naming) => new(
        200,
        "application/json",
        JsonSerializer.SerializeToUtf8Bytes(CallDetailRecord.Of(state, naming), JournalJson.Default.CallDetailRecord));

    internal static async Task<GatewayResponse> ShowAsync(
        ICallJournal journal, CallId callId, RoomNaming naming, Func<CallState, bool> mayShow, CancellationToken cancellationToken)
    {
        var state = CallState.Of(await journal.ReadAsync(callId, cancellationToken));
        return state.IsCall && mayShow(state) ? Show(state, naming) : Problem.UnknownCall;
    }
}
