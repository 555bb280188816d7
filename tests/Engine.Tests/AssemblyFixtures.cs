using VoiceFunctions.Engine.Tests.World;

// The tests mostly wait, so more of them go on at a time than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 10)]
[assembly: AssemblyFixture(typeof(HubStorage))]
