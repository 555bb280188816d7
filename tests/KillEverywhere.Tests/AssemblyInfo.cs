using VoiceFunctions.Testing;

[assembly: AssemblyFixture(typeof(AzuriteServer))]
