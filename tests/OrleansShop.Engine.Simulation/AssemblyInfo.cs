using OrleansShop.Testing.Turns;

// Each test uses all processors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(MachineTurn))]
