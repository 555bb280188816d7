namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>The error that LiveKit answered. A body that is no Twirp error is never kept, because it can contain our token.</summary>
/// <param name="Code">
/// The Twirp code, such as <c>not_found</c>; without one in the answer, the code that Twirp assigns to the HTTP status.
/// </param>
/// <param name="Message">
/// LiveKit's message; empty if the answer had none. It can contain rooms and phone numbers, so it must not be logged.
/// </param>
/// <param name="Meta">Details by name, such as <c>sip_status_code</c>.</param>
/// <param name="HttpStatus">The HTTP status of the answer.</param>
public sealed record LiveKitError(string Code, string Message, IReadOnlyDictionary<string, string> Meta, int HttpStatus);
