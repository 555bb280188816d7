using System.Globalization;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Lifecycle.Delivery;

namespace VoiceFunctions.Core.DeadLetters;

/// <summary>Shows the events that a destination did not take, page by page; to a tenant those of its own calls.</summary>
public sealed class DeadLetterListHandler(IDeadLetters deadLetters) : IGatewayHandler
{
    /// <summary>How many a page has at most.</summary>
    public const int MaxLimit = 200;

    private const int UsualLimit = 50;

    /// <inheritdoc/>
    public GatewayRoute Route => GatewayRoutes.DeadLetters;

    /// <inheritdoc/>
    public async ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var asked = QueryText.Of(request.RawQuery);
        var limit = UsualLimit;
        if (asked["limit"] is { } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            return Problem.BadParameter($"limit is a whole number from 1 to {MaxLimit}.");
        }

        var after = asked["after"];
        if (after is not null && !CallId.TryParse(after, out _))
        {
            return Problem.BadParameter("after is the next of the page before.");
        }

        var page = await deadLetters.ListAsync((request.Credential as ApiCaller)?.Tenant, after, limit, cancellationToken);
        return GatewayResponse.Json(200, page, DeadLetterJson.Default.DeadLetterPage);
    }
}
