using VoiceFunctions.LocalHost.Doctor.Checks;
using VoiceFunctions.LocalHost.Doctor.Checks.Gateway;
using VoiceFunctions.LocalHost.Doctor.Checks.LiveKit;
using VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What a check is called, and what it found.</summary>
internal sealed record Examined(string Id, Finding Finding)
{
    /// <summary>What doctor mended before this was found; <c>null</c> for nothing.</summary>
    public string? Mended { get; init; }
}

/// <summary>Runs the checks in their order. A check never throws: what breaks it, and what takes too long, is a finding.</summary>
internal static class Checkup
{
    /// <summary>Every check, in the order of a call's way.</summary>
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new SettingsCheck(), new ClockCheck(), new PublicUrlCheck(), new CertificateCheck(),
        new LiveKitHostCheck(), new LiveKitKeysCheck(), new LiveKitDoorCheck(), new LiveKitWebhookCheck(), new TwilioDoorCheck(),
        new InboundTrunkCheck(), new SipCredentialsCheck(), new DispatchRuleCheck(), new DoubleAgentCheck(), new OutboundTrunkCheck(),
        new AgentCheck(),
        new TwilioAccountCheck(), new TwilioRegionCheck(), new TwilioNumberCheck(), new VoiceWebhookCheck(), new StatusCallbackCheck(),
        new FallbackUrlCheck(), new StorageCheck(),
    ];

    /// <summary>Runs them, and tells of each as soon as it is known.</summary>
    /// <param name="visit">What they share.</param>
    /// <param name="mayMend">Whether a repair may be done; asked only where one is wanted.</param>
    /// <param name="tell">Hears of each finding.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<IReadOnlyList<Examined>> RunAsync(
        DoctorVisit visit, Func<Repair, Task<bool>> mayMend, Func<Examined, Task> tell, CancellationToken cancellationToken)
    {
        var findings = new List<Examined>();
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var check in All)
        {
            var examined = check.Needs.FirstOrDefault(blocked.Contains) is { } broken
                ? new Examined(check.Id, Finding.Skipped($"needs {broken}; repair that first"))
                : await ExamineAsync(check, visit, mayMend, cancellationToken);
            if (examined.Finding.Kind == FindingKind.Fail || check.Needs.Any(blocked.Contains))
            {
                blocked.Add(check.Id);
            }

            findings.Add(examined);
            await tell(examined);
        }

        return findings;
    }

    private static async Task<Examined> ExamineAsync(
        IDoctorCheck check, DoctorVisit visit, Func<Repair, Task<bool>> mayMend, CancellationToken cancellationToken)
    {
        var finding = await RunAsync(check, visit, cancellationToken);
        if (finding.Repair is not { } repair || !visit.Options.Fixes || !await mayMend(repair))
        {
            return new Examined(check.Id, finding);
        }

        using var deadline = new CancellationTokenSource(check.Deadline, visit.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (await repair.MendAsync(either.Token) is { } failed)
            {
                return new Examined(check.Id, finding with { Found = $"{finding.Found}; repairing it failed: {failed}", Repair = null });
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Examined(check.Id, finding with { Found = $"{finding.Found}; repairing it got no answer", Repair = null });
        }

        return new Examined(check.Id, await RunAsync(check, visit, cancellationToken)) { Mended = repair.Offer };
    }

    private static async Task<Finding> RunAsync(IDoctorCheck check, DoctorVisit visit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(check.Deadline, visit.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await check.RunAsync(visit, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail($"no answer within {check.Deadline.TotalSeconds} s", "find out why it is so slow, and run doctor again");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The message may hold what was sent.
            return Finding.Fail(
                $"the check itself failed: {failure.GetType().Name}", "run doctor again, and report it if it fails again");
        }
    }
}
