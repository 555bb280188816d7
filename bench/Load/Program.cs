using VoiceFunctions.Bench.Load;
using VoiceFunctions.Bench.Load.Wire;

// bench/run.sh starts this; it says what it takes.
if (args is ["static"])
{
    // What the generator's own headroom is measured against.
    var answer = TinyServer.Response("200 OK", "text/xml", "<Response><Dial><Sip>sip:static@127.0.0.1</Sip></Dial></Response>");
    using var server = new TinyServer((_, _) => ValueTask.FromResult(answer));
    Console.WriteLine($"listening on http://127.0.0.1:{server.Port}");
    await Console.In.ReadToEndAsync();
    return 0;
}

return await BenchCommand.RunAsync(args);
