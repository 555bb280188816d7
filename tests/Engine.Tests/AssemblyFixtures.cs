using VoiceFunctions.Engine.Tests.World;

[assembly: AssemblyFixture(typeof(HubStorage))]
