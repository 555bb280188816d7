namespace VoiceFunctions.Core.LiveKit.Api;

/// <summary>LiveKit's own words for why a call did not work. A body that is no Twirp error is never kept: it can contain our token.</summary>
/// <param name="Code">The Twirp code, such as <c>not_found</c>; where the answer had none, the code that Twirp gives that HTTP status.</param>
/// <param name="Message">LiveKit's message; empty where the answer had none. It may name rooms and numbers: not for logs.</param>
/// <param name="Meta">Details by name, such as <c>sip_status_code</c>.</param>
/// <param name="HttpStatus">The HTTP status of the answer.</param>
public sealed record LiveKitError(string Code, string Message, IReadOnlyDictionary<string, string> Meta, int HttpStatus);
