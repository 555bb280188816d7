namespace VoiceFunctions.Simulator.LiveKit.Api;

/// <summary>A call of the API that is about to be done.</summary>
/// <param name="Method">Service and method, such as <c>AgentDispatchService/CreateDispatch</c>.</param>
/// <param name="Number">The how-manieth call of that method this is, the first being 1.</param>
public sealed record ApiCall(string Method, int Number);
