using VoiceFunctions.Engine.Tests.World;

// The tests mostly wait, so more of them go on at a time than there are processors; not so many that the one storage of them all gets slow.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
[assembly: AssemblyFixture(typeof(HubStorage))]
