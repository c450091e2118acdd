using Xunit;

// Faults take minutes and the whole machine: the suite is run by name (./test chaos), one fault after the other.
[assembly: AssemblyTrait("Suite", "chaos")]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
