namespace VoiceFunctions.LocalHost;

/// <summary>What the commands are.</summary>
internal static class Usage
{
    private const string Text =
        """
        ./run.sh                  serves the gateway on http://127.0.0.1:7071; PORT and LISTEN_ADDRESS change that
        ./run.sh health           asks a gateway on this machine whether it serves; its exit status is 0 or 1
        ./run.sh call [OPTIONS]   places a simulated call and tells its story; call --help lists the scenarios
        ./run.sh replay FILE…     feeds recordings of LiveKit's webhooks into the gateway, or all of a folder
        ./run.sh replay CALLID    decides a stored call again with this build and lists what differs; also a FILE of proof --json
        ./run.sh diff --last N    the same for the newest N calls, a line each
        ./run.sh proof CALLID     tells a stored call's history and whether each promise was kept; --json for machines, --cost for its bill
        ./run.sh doctor           checks everything between the phone and the agent and says what to change; doctor --help
        ./run.sh tenants WHAT…    makes, lists and revokes the API keys of tenants: add, key, list, revoke
        ./run.sh events dead      lists the lifecycle events that nobody took; events replay ID… or --all hands them over once more
        ./run.sh agent            starts the sample agent, which repeats what a caller says; agent-python the same in Python
        ./run.sh chaos [OPTIONS]  simulated calls under faults against gateway processes that are killed; chaos --help lists the options
        """;

    /// <summary>Shows them; 0 where that was asked for, 2 where the arguments were wrong.</summary>
    public static async Task<int> ShowAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["help" or "--help" or "-h"])
        {
            await output.WriteLineAsync(Text);
            return 0;
        }

        await errors.WriteLineAsync($"not understood: {string.Join(' ', arguments)}");
        await errors.WriteLineAsync(Text);
        return 2;
    }
}
