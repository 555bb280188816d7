namespace VoiceFunctions.KillEverywhere.Wire;

/// <summary>Stands at a <see cref="Relay"/> and may cut a line there.</summary>
internal interface IGuard
{
    /// <summary>Lets a request through to the server, and its answer back.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ask">Asks the server; <c>null</c> where that line broke.</param>
    /// <returns>The answer; <c>null</c> where the sender shall get none.</returns>
    Task<HttpResponseMessage?> PassAsync(Passing request, Func<Task<HttpResponseMessage?>> ask);
}
