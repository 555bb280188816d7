namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>One thing between the phone and the agent that doctor looks at.</summary>
internal interface IDoctorCheck
{
    /// <summary>Its name, for scripts and for the documents.</summary>
    string Id { get; }

    /// <summary>The checks that must not have failed before it; it is skipped where one has.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>How long it may take.</summary>
    TimeSpan Deadline => TimeSpan.FromSeconds(10);

    /// <summary>Looks. What it finds for later checks it leaves in the visit.</summary>
    Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken);
}
